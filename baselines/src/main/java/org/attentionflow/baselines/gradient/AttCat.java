package org.attentionflow.baselines.gradient;

import java.util.EnumSet;
import java.util.List;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.EncoderAttention;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.Quantity;

/**
 * AttCAT: CAT's terms, each times the attention that the token receives in its layer, mean over
 * heads and queries.
 */
public final class AttCat extends Baseline {
  /** Makes the method. */
  public AttCat() {
    super(
        Profile.of(MethodGroup.GRADIENT, "attcat")
            .summary("AttCAT: hidden states times gradients times the attention received.")
            .formula("s_i = sum over l of (E_h E_q A_h^l[q, i]) h_i^l . dy/dh_i^l")
            .source("Qiang et al., AttCAT: Attentive Class Activation Tokens, NeurIPS 2022"));
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    return Plan.reading(
        EnumSet.of(Quantity.ATTENTION, Quantity.HIDDEN_STATES, Quantity.HIDDEN_STATE_GRADIENT),
        AttCat::scores);
  }

  private static double[] scores(Capture capture) {
    List<AttentionLayer> layers = EncoderAttention.layers(capture);
    int tokens = capture.tokens().size();
    double[] scores = new double[tokens];
    for (int layer = 0; layer < layers.size(); layer++) {
      double[] cat = HiddenStateProduct.ofLayerInput(capture, layer);
      double[] mean = EncoderAttention.headMean(layers.get(layer).attention());
      for (int i = 0; i < tokens; i++) {
        double received = 0;
        for (int q = 0; q < tokens; q++) {
          received += mean[q * tokens + i];
        }
        scores[i] += received / tokens * cat[i];
      }
    }
    return scores;
  }
}
