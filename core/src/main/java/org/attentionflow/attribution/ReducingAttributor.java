package org.attentionflow.attribution;

import org.attentionflow.engine.LayerReduction;
import org.attentionflow.engine.ReducedCapture;

/**
 * An attribution method that needs one matrix per layer, so that heads can be reduced while a model
 * is captured. The scores are those of the whole capture, bit for bit.
 */
public interface ReducingAttributor extends Attributor {
  /** What is kept of a layer. */
  LayerReduction reduction();

  /** Scores the tokens of a capture whose layers were reduced by {@link #reduction}. */
  Attribution attribute(ReducedCapture capture);
}
