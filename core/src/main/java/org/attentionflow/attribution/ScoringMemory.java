package org.attentionflow.attribution;

/**
 * Java heap that a method takes for scoring, beside the capture, the network and its solver.
 *
 * @param sharedBytes kept from the first text on, once for all texts of a session
 * @param textBytes while one text is scored
 */
public record ScoringMemory(long sharedBytes, long textBytes) {
  /** Nothing that counts. */
  public static final ScoringMemory NONE = new ScoringMemory(0, 0);

  /** The memory of two methods that share what they keep and score one after the other. */
  public ScoringMemory or(ScoringMemory other) {
    return new ScoringMemory(
        Math.max(sharedBytes, other.sharedBytes), Math.max(textBytes, other.textBytes));
  }
}
