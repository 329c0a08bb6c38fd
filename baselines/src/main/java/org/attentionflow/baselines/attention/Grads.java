package org.attentionflow.baselines.attention;

import java.util.Arrays;
import java.util.EnumSet;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.EncoderAttention;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Quantity;

/** Grads: the [CLS] row of the last layer's attention gradient, mean over heads, sign kept. */
public final class Grads extends Baseline {
  /** Makes the method. */
  public Grads() {
    super(
        Profile.of(MethodGroup.ATTENTION, "grads")
            .summary("Grads: the gradient of the last layer's attention at [CLS], mean over heads.")
            .formula("s_i = E_h dy/dA_h^L[CLS, i]")
            .source("a baseline of Qiang et al., AttCAT, NeurIPS 2022; per token, signed"));
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    return Plan.reading(
        EnumSet.of(Quantity.ATTENTION, Quantity.ATTENTION_GRADIENT),
        capture -> {
          AttentionLayer last = EncoderAttention.last(capture);
          double[] mean = EncoderAttention.headMean(last.gradient().orElseThrow());
          int from = EncoderAttention.CLASSIFIER * last.keyCount();
          return Arrays.copyOfRange(mean, from, from + last.keyCount());
        });
  }
}
