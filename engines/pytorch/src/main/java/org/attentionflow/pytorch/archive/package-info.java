/**
 * TorchScript archives without native code: reading and checking them, finding the attention in
 * their text, and writing them with that attention handed out.
 */
@NullMarked
package org.attentionflow.pytorch.archive;

import org.jspecify.annotations.NullMarked;
