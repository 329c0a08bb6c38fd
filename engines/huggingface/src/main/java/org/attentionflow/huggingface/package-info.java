/**
 * What the engines share: a model's configuration and tokenizer as Hugging Face lays them beside
 * the weights in whatever form, the limits of its inputs, and batches.
 */
@NullMarked
package org.attentionflow.huggingface;

import org.jspecify.annotations.NullMarked;
