package org.attentionflow.baselines.gradient;

import java.util.EnumSet;
import java.util.Objects;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.engine.Quantity;
import org.attentionflow.tensor.FloatTensor;

/** Saliency: the Euclidean length of the gradient with respect to the word embedding. */
public final class Saliency extends Baseline {
  /** Makes the method. */
  public Saliency() {
    super(
        Profile.of(MethodGroup.GRADIENT, "saliency")
            .summary("The length of the gradient with respect to the token's embedding.")
            .formula("s_i = |dy/de_i|_2")
            .source("Simonyan, Vedaldi and Zisserman, Deep Inside Convolutional Networks, 2014")
            .nonNegative());
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    return Plan.reading(
        EnumSet.of(Quantity.EMBEDDING_GRADIENT),
        capture -> {
          FloatTensor gradient = Objects.requireNonNull(capture.embeddingGradient());
          double[] vectors = new double[gradient.values().length];
          for (int i = 0; i < vectors.length; i++) {
            vectors[i] = gradient.values()[i];
          }
          return HiddenStateProduct.norms(vectors, gradient.size(0));
        });
  }
}
