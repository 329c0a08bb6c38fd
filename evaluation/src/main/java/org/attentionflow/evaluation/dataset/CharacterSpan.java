package org.attentionflow.evaluation.dataset;

/**
 * A stretch of a text.
 *
 * @param start the first character, as an index of UTF-16 units
 * @param end the index behind the last character
 */
public record CharacterSpan(int start, int end) {
  /** Whether the two have a character in common. */
  public boolean overlaps(int otherStart, int otherEnd) {
    return start < otherEnd && otherStart < end;
  }
}
