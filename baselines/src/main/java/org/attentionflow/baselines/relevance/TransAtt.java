package org.attentionflow.baselines.relevance;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.EncoderAttention;
import org.attentionflow.baselines.LayerProduct;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.baselines.Scores;
import org.attentionflow.baselines.encoder.EncoderPass;
import org.attentionflow.baselines.encoder.RelevancePass;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.Quantity;
import org.attentionflow.tensor.Matrix;

/**
 * TransAtt, transformer attribution: in each layer Ā = I + E_h(⌊∇A ∘ R⌋₊) with the relevance R of
 * the attention ({@link RelevancePass}); the [CLS] row of Ā_L ⋯ Ā_1, without the identity that is
 * in it from the beginning. Rows are not scaled.
 */
public final class TransAtt extends Baseline {
  /** Makes the method. */
  public TransAtt() {
    super(
        Profile.of(MethodGroup.RELEVANCE, "transatt", "transformer-attribution")
            .summary("TransAtt: attention gradients times attention relevance, then rollout.")
            .formula(
                "s = (B_L ... B_1 - I)[CLS, .], B_l = I + E_h max(0, dy/dA_h^l R(A_h^l)), R by LRP")
            .source("Chefer et al., Transformer Interpretability Beyond Attention, CVPR 2021")
            .nonNegative());
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    return new Plan(
        EnumSet.of(Quantity.ATTENTION, Quantity.ATTENTION_GRADIENT, Quantity.HIDDEN_STATES),
        EnumSet.of(Capability.ENCODER_WEIGHTS),
        (capture, session) -> {
          EncoderPass pass = EncoderPass.of(session.encoderWeights(), capture);
          List<Matrix> layers = layers(capture, RelevancePass.of(pass, capture.target()));
          return Scores.of(LayerProduct.rowWithIdentity(layers, EncoderAttention.CLASSIFIER));
        });
  }

  private static List<Matrix> layers(
      Capture capture, List<RelevancePass.LayerRelevance> relevances) {
    List<AttentionLayer> attention = EncoderAttention.layers(capture);
    List<Matrix> layers = new ArrayList<>();
    for (int layer = 0; layer < relevances.size(); layer++) {
      layers.add(layer(attention.get(layer), relevances.get(layer).attention()));
    }
    return layers;
  }

  /** E_h(⌊∇A ∘ R⌋₊). */
  private static Matrix layer(AttentionLayer attention, double[] relevance) {
    int tokens = attention.keyCount();
    float[] gradient = attention.gradient().orElseThrow().values();
    double[] mean = new double[tokens * tokens];
    for (int i = 0; i < relevance.length; i++) {
      mean[i % mean.length] += Math.max(0, gradient[i] * relevance[i]) / attention.headCount();
    }
    return Matrix.of(tokens, tokens, mean);
  }
}
