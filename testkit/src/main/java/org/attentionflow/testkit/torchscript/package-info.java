/** Writes TorchScript archives as {@code torch.jit.save} does, so that tests need no Python. */
@NullMarked
package org.attentionflow.testkit.torchscript;

import org.jspecify.annotations.NullMarked;
