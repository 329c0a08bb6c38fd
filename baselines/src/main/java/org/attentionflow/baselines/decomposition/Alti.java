package org.attentionflow.baselines.decomposition;

import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.baselines.Profile;
import org.attentionflow.baselines.encoder.ContributionVectors;
import org.attentionflow.baselines.encoder.LayerPass;

/**
 * ALTI. The output y_i of a layer's attention block, behind its norm, is the sum of vectors
 * T_i(x_j) that come from single tokens and of the biases. The contribution of j to i is how much
 * nearer to y_i the vector T_i(x_j) is than the origin, in the sum of absolute values, at least 0;
 * rows sum to 1; layers are multiplied as in rollout.
 */
public final class Alti extends EncoderMethod {
  /** Makes the method. */
  public Alti() {
    super(
        Profile.of(MethodGroup.DECOMPOSITION, "alti")
            .summary("ALTI: attention blocks taken apart into vectors of tokens, then rollout.")
            .formula("s = (C_L ... C_1)[CLS, .], C_l[i, j] ~ max(0, |y_i|_1 - |y_i - T_i(x_j)|_1)")
            .source("Ferrando, Gallego and Costa-jussa, Measuring the Mixing, EMNLP 2022")
            .nonNegative()
            .withoutTarget());
  }

  @Override
  double[] contributions(LayerPass layer) {
    ContributionVectors vectors = ContributionVectors.of(layer);
    int tokens = layer.heads().tokenCount();
    int hidden = layer.heads().hidden();
    double[] contributions = new double[tokens * tokens];
    for (int i = 0; i < tokens; i++) {
      double size = 0;
      for (int d = 0; d < hidden; d++) {
        size += Math.abs(layer.y()[i * hidden + d]);
      }
      for (int j = 0; j < tokens; j++) {
        double[] part = vectors.of(i, j);
        double distance = 0;
        for (int d = 0; d < hidden; d++) {
          distance += Math.abs(layer.y()[i * hidden + d] - part[d]);
        }
        contributions[i * tokens + j] = Math.max(0, size - distance);
      }
    }
    return contributions;
  }
}
