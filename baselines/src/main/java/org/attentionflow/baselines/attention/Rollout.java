package org.attentionflow.baselines.attention;

import java.util.EnumSet;
import java.util.List;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.EncoderAttention;
import org.attentionflow.baselines.LayerProduct;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.Quantity;
import org.attentionflow.information.Aggregation;
import org.attentionflow.information.AttentionAggregator;
import org.attentionflow.information.HeadReduction;
import org.attentionflow.information.ResidualConnection;
import org.attentionflow.tensor.Matrix;

/**
 * Attention rollout: the [CLS] row of Ã_L ⋯ Ã_1 with Ã = ½ E_h(A) + ½ I; with {@code
 * method.residual = none}, Ã = E_h(A). Rows sum to 1, and so do the scores.
 */
public final class Rollout extends Baseline {
  /** Makes the method. */
  public Rollout() {
    super(
        Profile.of(MethodGroup.ATTENTION, "rollout")
            .summary("Attention rollout: the product of all layers' attention, read at [CLS].")
            .formula("s = (B_L ... B_1)[CLS, .], B_l = (E_h A_h^l + I) / 2")
            .source("Abnar and Zuidema, Quantifying Attention Flow in Transformers, ACL 2020")
            .nonNegative()
            .withoutTarget()
            .options(
                new MethodOption(
                    "residual",
                    "half",
                    "residual connection: half (B = A/2 + I/2), none (B = A)")));
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    ResidualConnection residual = options.choice("residual", ResidualConnection.class);
    Aggregation mean = new Aggregation(new AttentionAggregator(), HeadReduction.MEAN, residual);
    return Plan.reading(
        EnumSet.of(Quantity.ATTENTION),
        capture -> LayerProduct.row(layers(capture, mean), EncoderAttention.CLASSIFIER));
  }

  private static List<Matrix> layers(Capture capture, Aggregation aggregation) {
    return EncoderAttention.layers(capture).stream().map(aggregation::layer).toList();
  }
}
