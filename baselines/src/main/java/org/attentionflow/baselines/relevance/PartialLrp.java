package org.attentionflow.baselines.relevance;

import java.util.EnumSet;
import java.util.List;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.EncoderAttention;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.baselines.Scores;
import org.attentionflow.baselines.encoder.EncoderPass;
import org.attentionflow.baselines.encoder.HeadShape;
import org.attentionflow.baselines.encoder.RelevancePass;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Quantity;

/**
 * PartialLRP: the relevance of the last layer's attention at [CLS], positive part, mean over heads;
 * nothing is propagated further down. The rules are those of {@link RelevancePass}.
 */
public final class PartialLrp extends Baseline {
  /** Makes the method. */
  public PartialLrp() {
    super(
        Profile.of(MethodGroup.RELEVANCE, "partial-lrp")
            .summary("PartialLRP: the relevance of the last layer's attention at [CLS].")
            .formula("s_i = E_h max(0, R(A_h^L)[CLS, i]), R by LRP")
            .source(
                "Voita et al., Analyzing Multi-Head Self-Attention, ACL 2019, as in Chefer 2021")
            .nonNegative());
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    return new Plan(
        EnumSet.of(Quantity.HIDDEN_STATES),
        EnumSet.of(Capability.ENCODER_WEIGHTS),
        (capture, session) -> {
          EncoderPass pass = EncoderPass.of(session.encoderWeights(), capture);
          List<RelevancePass.LayerRelevance> layers = RelevancePass.of(pass, capture.target());
          int last = layers.size() - 1;
          HeadShape heads = pass.layers().get(last).heads();
          return Scores.of(classifierRow(heads, layers.get(last).attention()));
        });
  }

  private static double[] classifierRow(HeadShape heads, double[] relevance) {
    double[] scores = new double[heads.tokenCount()];
    for (int h = 0; h < heads.headCount(); h++) {
      int row = heads.attentionRow(h, EncoderAttention.CLASSIFIER);
      for (int i = 0; i < scores.length; i++) {
        scores[i] += Math.max(0, relevance[row + i]) / heads.headCount();
      }
    }
    return scores;
  }
}
