/** Transformer encoders run by PyTorch, read from Hugging Face folders as they are. */
@NullMarked
package org.attentionflow.pytorch;

import org.jspecify.annotations.NullMarked;
