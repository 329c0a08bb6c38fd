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

/** RawAtt: what [CLS] attends to in the last layer, mean over heads. Scores sum to 1. */
public final class RawAttention extends Baseline {
  /** Makes the method. */
  public RawAttention() {
    super(
        Profile.of(MethodGroup.ATTENTION, "raw-attention", "rawatt")
            .summary("RawAtt: what [CLS] attends to in the last layer, mean over heads.")
            .formula("s_i = E_h A_h^L[CLS, i]")
            .source("as in Abnar and Zuidema, Quantifying Attention Flow, ACL 2020")
            .nonNegative()
            .withoutTarget());
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    return Plan.reading(
        EnumSet.of(Quantity.ATTENTION),
        capture -> {
          AttentionLayer last = EncoderAttention.last(capture);
          double[] mean = EncoderAttention.headMean(last.attention());
          int from = EncoderAttention.CLASSIFIER * last.keyCount();
          return Arrays.copyOfRange(mean, from, from + last.keyCount());
        });
  }
}
