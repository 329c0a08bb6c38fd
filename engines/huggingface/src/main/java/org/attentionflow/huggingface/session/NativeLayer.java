package org.attentionflow.huggingface.session;

import org.jspecify.annotations.Nullable;

/**
 * The attention of one layer of a padded batch in native memory, [batch, head, query, key].
 *
 * @param gradient of the same shape; null if it was not asked for
 * @param width the number of queries and keys, those of padding included
 */
public record NativeLayer(
    PaddedTensor attention, @Nullable PaddedTensor gradient, int headCount, int width) {}
