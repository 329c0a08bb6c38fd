package org.attentionflow.token;

import java.util.List;

/**
 * One word of a text with the tokens that stand for it.
 *
 * @param text the word as it is written in the text
 * @param start the first character, as an index of UTF-16 units
 * @param end the index behind the last character
 * @param tokens the positions of the word's tokens in their sequence, ascending
 */
public record Word(String text, int start, int end, List<Integer> tokens) {
  /** Copies the list. */
  public Word {
    tokens = List.copyOf(tokens);
  }
}
