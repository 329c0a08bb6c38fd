package org.attentionflow.baselines.gradient;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.baselines.Scores;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EmbeddedInput;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.tensor.FloatTensor;

/**
 * Integrated gradients of the target with respect to the word embeddings, along the straight line
 * from a baseline, by the midpoint rule. Scores add up to y(x) − y(baseline) but for the rule's
 * error, which every result carries as its completeness gap. Special tokens are the same at both
 * ends and score 0.
 */
public final class IntegratedGradients extends Baseline {
  /** Makes the method. */
  public IntegratedGradients() {
    super(
        Profile.of(MethodGroup.GRADIENT, "integrated-gradients", "ig")
            .summary("Integrated gradients from a baseline, with the completeness gap reported.")
            .formula("s_i = (e_i - b_i) . mean over k of dy/de_i at b + (k - 1/2)/steps (e - b)")
            .source("Sundararajan, Taly and Yan, Axiomatic Attribution, ICML 2017")
            .options(
                new MethodOption("steps", "64", "points on the line, one pass each"),
                new MethodOption("baseline", "pad", "embedding of nothing: pad, mask, unk, zero")));
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    int steps = options.count("steps", 1);
    EmbeddingBaseline baseline = options.choice("baseline", EmbeddingBaseline.class);
    return new Plan(
        EnumSet.of(Quantity.EMBEDDING),
        EnumSet.of(Capability.EMBEDDING_INPUT, Capability.HIDDEN_STATES),
        (capture, session) -> scores(capture, session, baseline.of(capture, session), steps));
  }

  private static Scores scores(
      Capture capture, ModelSession session, FloatTensor baseline, int steps) {
    float[] from = baseline.values();
    float[] to = Objects.requireNonNull(capture.embeddings()).values();
    double[] gradient = new double[from.length];
    for (int k = 0; k < steps; k++) {
      float[] point = between(from, to, (k + 0.5) / steps);
      Capture there = capture(capture, session, FloatTensor.of(point, baseline.shape()), true);
      float[] slope = Objects.requireNonNull(there.embeddingGradient()).values();
      for (int i = 0; i < slope.length; i++) {
        gradient[i] += (double) slope[i] / steps;
      }
    }
    double[] scores = new double[capture.tokens().size()];
    int width = baseline.size(1);
    for (int i = 0; i < gradient.length; i++) {
      scores[i / width] += ((double) to[i] - from[i]) * gradient[i];
    }
    Capture nothing = capture(capture, session, baseline, false);
    return Scores.complete(
        scores, capture.target().value(capture.logits()), capture.target().value(nothing.logits()));
  }

  private static float[] between(float[] from, float[] to, double share) {
    float[] point = new float[from.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = (float) (from[i] + share * ((double) to[i] - from[i]));
    }
    return point;
  }

  /** The capture of other embeddings, for the class of the input itself. */
  private static Capture capture(
      Capture capture, ModelSession session, FloatTensor embeddings, boolean gradient) {
    EnumSet<Quantity> quantities =
        gradient ? EnumSet.of(Quantity.EMBEDDING_GRADIENT) : EnumSet.noneOf(Quantity.class);
    return session
        .captureEmbedded(
            List.of(new EmbeddedInput(capture.tokens(), embeddings)),
            new CaptureRequest(capture.target().asTarget(), quantities))
        .get(0);
  }
}
