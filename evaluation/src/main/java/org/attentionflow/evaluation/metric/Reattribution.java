package org.attentionflow.evaluation.metric;

import java.util.List;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Target;
import org.attentionflow.evaluation.perturbation.Features;
import org.attentionflow.token.TokenSequence;

/**
 * Scores an example again, with something changed: what sanity checks ask.
 *
 * @param session the model
 * @param attributor the method
 * @param tokens the input
 * @param features the features whose scores are judged
 */
public record Reattribution(
    ModelSession session, Attributor attributor, TokenSequence tokens, Features features) {
  /** The scores of the features for a class. */
  public double[] scores(int target) {
    return scores(session, tokens, target);
  }

  /**
   * The scores of the features for a class.
   *
   * @param model a model, for example this one with other weights
   * @param input an input with as many tokens
   */
  public double[] scores(ModelSession model, TokenSequence input, int target) {
    CaptureRequest request = new CaptureRequest(new Target.Index(target), attributor.needs());
    Capture capture = model.capture(List.of(input), request).get(0);
    return features.scores(attributor.attribute(capture, model).scores());
  }
}
