package org.attentionflow.baselines.encoder;

import org.attentionflow.engine.EncoderWeights;

/**
 * The vectors T_i(x_j) into which the output y_i of a layer's attention block falls: with u_ij =
 * Σ_h A_h[i, j] v_j W_Oᵀ + [i = j] x_i, T_i(x_j) = γ ∘ (u_ij − mean(u_ij)) / σ_i, where γ is the
 * norm's weight and σ_i the deviation it divides by. y_i = Σ_j T_i(x_j) + {@link #ofBiases}.
 */
public final class ContributionVectors {
  private final LayerPass layer;
  private final ValueVectors values;
  private final int hidden;

  private ContributionVectors(LayerPass layer, ValueVectors values) {
    this.layer = layer;
    this.values = values;
    this.hidden = layer.heads().hidden();
  }

  /** The vectors of a layer. */
  public static ContributionVectors of(LayerPass layer) {
    return new ContributionVectors(layer, ValueVectors.of(layer));
  }

  /** T_i(x_j), [hidden]. */
  public double[] of(int query, int token) {
    double[] part = new double[hidden];
    values.add(query, token, 1, part, 0);
    if (query == token) {
      for (int d = 0; d < hidden; d++) {
        part[d] += layer.x()[token * hidden + d];
      }
    }
    return normed(part, query);
  }

  /** What the attention's last bias and the norm's bias add to y_i, [hidden]. */
  public double[] ofBiases(int query) {
    double[] part = normed(AffineMap.of(layer.weights().output()).bias().clone(), query);
    for (int d = 0; d < hidden; d++) {
      part[d] += layer.weights().attentionNorm().bias().values()[d];
    }
    return part;
  }

  private double[] normed(double[] part, int query) {
    EncoderWeights.Norm norm = layer.weights().attentionNorm();
    double deviation = Rows.deviation(layer.attendedSum(), query * hidden, hidden, norm.epsilon());
    double mean = Rows.mean(part, 0, hidden);
    for (int d = 0; d < hidden; d++) {
      part[d] = (part[d] - mean) / deviation * norm.weight().values()[d];
    }
    return part;
  }
}
