package org.attentionflow.evaluation.metric.faithfulness;

import java.util.Locale;

/** How the bounds of AOPC on an example were found. */
public enum BoundSearch {
  /** By dynamic programming over all subsets: no order lies beyond them. */
  EXACT,
  /** By a beam that removes feature by feature: orders may lie beyond them. */
  BEAM,
  /** By a beam that removes blocks between the counts of the grid: orders may lie beyond them. */
  BLOCKS;

  /** The name in bundles. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
