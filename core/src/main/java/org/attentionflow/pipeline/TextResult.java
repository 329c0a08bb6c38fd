package org.attentionflow.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * The result of one of many texts: an explanation, or the one line that says why there is none.
 *
 * @param index the position of the text, from 0
 * @param text the text
 * @param explanation the explanation, or null
 * @param failure why there is none, or null
 */
public record TextResult(
    int index, String text, @Nullable Explanation explanation, @Nullable String failure) {}
