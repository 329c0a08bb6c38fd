/**
 * Tensors in files of the <a href="https://github.com/huggingface/safetensors">safetensors</a>
 * format.
 */
@NullMarked
package org.attentionflow.formats.safetensors;

import org.jspecify.annotations.NullMarked;
