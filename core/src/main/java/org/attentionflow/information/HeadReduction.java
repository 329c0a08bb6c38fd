package org.attentionflow.information;

/** How the heads of a layer become one matrix. The papers take the mean. */
public enum HeadReduction {
  /** The mean over the heads. */
  MEAN,
  /** The largest value over the heads. */
  MAX,
  /** The sum over the heads. */
  SUM
}
