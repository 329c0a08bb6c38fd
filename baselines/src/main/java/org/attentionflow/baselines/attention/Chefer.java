package org.attentionflow.baselines.attention;

import java.util.EnumSet;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.EncoderAttention;
import org.attentionflow.baselines.LayerProduct;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.engine.Quantity;
import org.attentionflow.information.Aggregation;
import org.attentionflow.information.AttentionGradientAggregator;
import org.attentionflow.information.HeadReduction;
import org.attentionflow.information.ResidualConnection;

/**
 * The generic method of Chefer et al. for self-attention: R = I, R ← R + Ā_l R from the first layer
 * to the last, with Ā = E_h(⌊A ∘ ∇A⌋₊); the [CLS] row of R − I.
 */
public final class Chefer extends Baseline {
  /** Makes the method. */
  public Chefer() {
    super(
        Profile.of(MethodGroup.ATTENTION, "chefer", "chefer-generic")
            .summary("Chefer's generic method: R <- R + AR over all layers, read at [CLS].")
            .formula(
                "s = (R_L - I)[CLS, .], R_0 = I, R_l = R_(l-1) + E_h max(0, A_h^l dy/dA_h^l) R_(l-1)")
            .source("Chefer et al., Generic Attention-model Explainability, ICCV 2021")
            .nonNegative());
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    Aggregation aggregation =
        new Aggregation(
            new AttentionGradientAggregator(), HeadReduction.MEAN, ResidualConnection.NONE);
    return Plan.reading(
        EnumSet.of(Quantity.ATTENTION, Quantity.ATTENTION_GRADIENT),
        capture ->
            LayerProduct.rowWithIdentity(
                EncoderAttention.layers(capture).stream().map(aggregation::layer).toList(),
                EncoderAttention.CLASSIFIER));
  }
}
