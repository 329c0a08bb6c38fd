package org.attentionflow.baselines.gradient;

import java.util.EnumSet;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.Quantity;

/** CAT: class activation tokens, Σ over layers of h · ∂y/∂h for the inputs h of the layers. */
public final class Cat extends Baseline {
  /** Makes the method. */
  public Cat() {
    super(
        Profile.of(MethodGroup.GRADIENT, "cat")
            .summary("CAT: hidden states times their gradients, summed over the layers.")
            .formula("s_i = sum over l of h_i^l . dy/dh_i^l, h^l = input of layer l")
            .source("Qiang et al., AttCAT: Attentive Class Activation Tokens, NeurIPS 2022"));
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    return Plan.reading(
        EnumSet.of(Quantity.HIDDEN_STATES, Quantity.HIDDEN_STATE_GRADIENT), Cat::scores);
  }

  /** The last hidden state is the input of no layer. */
  private static double[] scores(Capture capture) {
    double[] scores = new double[capture.tokens().size()];
    for (int layer = 0; layer < capture.hiddenStates().size() - 1; layer++) {
      double[] cat = HiddenStateProduct.ofLayerInput(capture, layer);
      for (int i = 0; i < scores.length; i++) {
        scores[i] += cat[i];
      }
    }
    return scores;
  }
}
