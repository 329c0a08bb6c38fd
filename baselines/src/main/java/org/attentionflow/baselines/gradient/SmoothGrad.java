package org.attentionflow.baselines.gradient;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.baselines.Scores;
import org.attentionflow.baselines.TextSeed;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EmbeddedInput;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.tensor.FloatTensor;

/**
 * SmoothGrad: saliency of the mean gradient over noisy copies of the word embeddings. The noise is
 * Gaussian, with a deviation relative to the range of the embeddings of the text, and belongs to
 * the text. Without noise it is saliency.
 */
public final class SmoothGrad extends Baseline {
  /** Makes the method. */
  public SmoothGrad() {
    super(
        Profile.of(MethodGroup.GRADIENT, "smoothgrad")
            .summary("SmoothGrad: the length of the gradient's mean over noisy embeddings.")
            .formula("s_i = |mean over samples of dy/de_i at e + noise (max e - min e) N(0, 1)|_2")
            .source("Smilkov et al., SmoothGrad: Removing Noise by Adding Noise, 2017")
            .nonNegative()
            .options(
                new MethodOption("samples", "25", "noisy copies, one pass each"),
                new MethodOption("noise", "0.1", "deviation relative to the embeddings' range"),
                new MethodOption("seed", "0", "seed of the noise, joined with the text")));
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    int samples = options.count("samples", 1);
    double noise = options.number("noise", 0);
    long seed = options.seed("seed");
    return new Plan(
        EnumSet.of(Quantity.EMBEDDING),
        EnumSet.of(Capability.EMBEDDING_INPUT, Capability.HIDDEN_STATES),
        (capture, session) -> {
          SplittableRandom random = TextSeed.random(capture.tokens(), seed);
          double[] mean = meanGradient(capture, session, samples, noise, random);
          return Scores.of(HiddenStateProduct.norms(mean, capture.tokens().size()));
        });
  }

  private static double[] meanGradient(
      Capture capture, ModelSession session, int samples, double noise, SplittableRandom random) {
    FloatTensor embeddings = Objects.requireNonNull(capture.embeddings());
    float[] center = embeddings.values();
    double deviation = noise * range(center);
    CaptureRequest request =
        new CaptureRequest(capture.target().asTarget(), EnumSet.of(Quantity.EMBEDDING_GRADIENT));
    double[] mean = new double[center.length];
    for (int sample = 0; sample < samples; sample++) {
      float[] noisy = new float[center.length];
      for (int i = 0; i < noisy.length; i++) {
        noisy[i] = (float) (center[i] + deviation * TextSeed.gaussian(random));
      }
      FloatTensor point = FloatTensor.of(noisy, embeddings.shape());
      EmbeddedInput input = new EmbeddedInput(capture.tokens(), point);
      Capture there = session.captureEmbedded(List.of(input), request).get(0);
      float[] slope = Objects.requireNonNull(there.embeddingGradient()).values();
      for (int i = 0; i < slope.length; i++) {
        mean[i] += (double) slope[i] / samples;
      }
    }
    return mean;
  }

  private static double range(float[] values) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return (double) most - least;
  }
}
