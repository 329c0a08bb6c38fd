package org.attentionflow.baselines.attention;

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

/**
 * AttGrads, also called attention Grad-CAM: the heads of the last layer's attention weighted by
 * their mean gradient, mean over heads, positive part, read at [CLS]. The scaling of the whole
 * matrix to [0, 1] that programs add changes no order and is left out.
 */
public final class AttGrads extends Baseline {
  /** Makes the method. */
  public AttGrads() {
    super(
        Profile.of(MethodGroup.ATTENTION, "attgrads", "attention-grad-cam")
            .summary("AttGrads: the last layer's attention, each head weighted by its gradient.")
            .formula("s_i = max(0, E_h w_h A_h^L[CLS, i]), w_h = mean over q, k of dy/dA_h^L[q, k]")
            .source("a baseline of Chefer et al., CVPR 2021, and of Qiang et al., NeurIPS 2022")
            .nonNegative());
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    return Plan.reading(
        EnumSet.of(Quantity.ATTENTION, Quantity.ATTENTION_GRADIENT),
        capture -> scores(EncoderAttention.last(capture)));
  }

  private static double[] scores(AttentionLayer last) {
    int keys = last.keyCount();
    int size = last.queryCount() * keys;
    float[] attention = last.attention().values();
    float[] gradient = last.gradient().orElseThrow().values();
    double[] scores = new double[keys];
    for (int h = 0; h < last.headCount(); h++) {
      double weight = 0;
      for (int i = 0; i < size; i++) {
        weight += gradient[h * size + i];
      }
      weight /= size;
      int row = h * size + EncoderAttention.CLASSIFIER * keys;
      for (int k = 0; k < keys; k++) {
        scores[k] += weight * attention[row + k];
      }
    }
    for (int k = 0; k < keys; k++) {
      scores[k] = Math.max(0, scores[k] / last.headCount());
    }
    return scores;
  }
}
