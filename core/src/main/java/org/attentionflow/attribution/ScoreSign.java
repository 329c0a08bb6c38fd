package org.attentionflow.attribution;

/** What the sign of a method's scores means. The larger score always comes first. */
public enum ScoreSign {
  /** Scores are at least 0: how much a token matters, not in which direction. */
  NON_NEGATIVE,
  /** A positive score speaks for the target, a negative one against it. */
  SIGNED
}
