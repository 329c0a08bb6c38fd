package org.attentionflow.token;

/**
 * One token of a sequence.
 *
 * @param index the position in the sequence, from 0
 * @param id the number of the token in the vocabulary
 * @param text the token as the vocabulary spells it, for example {@code ##ing}
 * @param start the first character of the text that the token stands for, as an index of UTF-16
 *     units; 0 for a token that stands for no text
 * @param end the index behind the last character; 0 for a token that stands for no text
 * @param special whether the tokenizer added it ([CLS], [SEP], padding) and no text stands behind
 *     it
 */
public record Token(int index, int id, String text, int start, int end, boolean special) {}
