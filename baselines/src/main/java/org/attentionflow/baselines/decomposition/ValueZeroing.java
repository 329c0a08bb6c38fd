package org.attentionflow.baselines.decomposition;

import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.baselines.Profile;
import org.attentionflow.baselines.encoder.LayerPass;
import org.attentionflow.baselines.encoder.ZeroedValue;

/**
 * Value Zeroing: the contribution of j to i in a layer is the cosine distance between the layer's
 * output for i and what it is when the value of j is zero in all heads; rows sum to 1; layers are
 * multiplied as in rollout, without a residual matrix, which the whole layer already holds.
 */
public final class ValueZeroing extends EncoderMethod {
  /** Makes the method. */
  public ValueZeroing() {
    super(
        Profile.of(MethodGroup.DECOMPOSITION, "value-zeroing")
            .summary("Value Zeroing: how a layer's output turns without a token's value; rollout.")
            .formula("s = (C_L ... C_1)[CLS, .], C_l[i, j] ~ 1 - cos(z_i, z_i without value j)")
            .source("Mohebbi et al., Quantifying Context Mixing in Transformers, EACL 2023")
            .nonNegative()
            .withoutTarget());
  }

  @Override
  double[] contributions(LayerPass layer) {
    int tokens = layer.heads().tokenCount();
    int hidden = layer.heads().hidden();
    ZeroedValue zeroed = ZeroedValue.of(layer);
    double[] contributions = new double[tokens * tokens];
    for (int j = 0; j < tokens; j++) {
      double[] other = zeroed.output(j);
      for (int i = 0; i < tokens; i++) {
        contributions[i * tokens + j] = cosineDistance(layer.z(), other, i * hidden, hidden);
      }
    }
    return contributions;
  }

  /** 1 − cos, at least 0; rounding must not make it negative. */
  private static double cosineDistance(double[] left, double[] right, int from, int width) {
    double product = 0;
    double leftSquares = 0;
    double rightSquares = 0;
    for (int d = from; d < from + width; d++) {
      product += left[d] * right[d];
      leftSquares += left[d] * left[d];
      rightSquares += right[d] * right[d];
    }
    return Math.max(0, 1 - product / Math.sqrt(leftSquares * rightSquares));
  }
}
