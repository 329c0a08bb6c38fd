package org.attentionflow.pipeline;

import org.attentionflow.attribution.Attribution;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.provenance.Provenance;
import org.attentionflow.token.TokenSequence;

/**
 * Why a model predicted what it did for one input.
 *
 * @param model the model
 * @param engine the name of the engine that ran it
 * @param tokens the input as the model read it
 * @param prediction what the model predicts
 * @param target the class, or the contrast of classes, that is explained
 * @param attribution the scores
 * @param provenance what made this result
 */
public record Explanation(
    ModelDescription model,
    String engine,
    TokenSequence tokens,
    Prediction prediction,
    ResolvedTarget target,
    Attribution attribution,
    Provenance provenance) {

  /**
   * Whether the scores may be read as an attribution: false if they come from a flow that was not
   * certified.
   */
  public boolean isReliable() {
    return attribution.flowResult().map(flow -> flow.status().isReliable()).orElse(true);
  }

  /** The target in words: a label, or two joined by a slash. */
  public String targetLabel() {
    String of = model.label(target.index());
    return target.isContrast() ? of + "/" + model.label(target.against()) : of;
  }
}
