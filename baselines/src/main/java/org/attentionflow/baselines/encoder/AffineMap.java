package org.attentionflow.baselines.encoder;

import java.util.Arrays;
import org.attentionflow.engine.EncoderWeights;

/** The affine map y = x Wᵀ + b over rows of vectors, and relevance backwards through it. */
public final class AffineMap {
  private final int from;
  private final int to;

  /** Wᵀ, [from, to]: the inner loops run over neighbouring elements. */
  private final double[] weight;

  private final double[] bias;

  private AffineMap(int from, int to, double[] weight, double[] bias) {
    this.from = from;
    this.to = to;
    this.weight = weight;
    this.bias = bias;
  }

  /** The map with the given weights. */
  public static AffineMap of(EncoderWeights.Affine affine) {
    int to = affine.weight().size(0);
    int from = affine.weight().size(1);
    float[] values = affine.weight().values();
    double[] weight = new double[from * to];
    for (int o = 0; o < to; o++) {
      for (int i = 0; i < from; i++) {
        weight[i * to + o] = values[o * from + i];
      }
    }
    return new AffineMap(from, to, weight, Rows.copy(affine.bias()));
  }

  /** The map to one number: the difference of two outputs, or one of them if other is negative. */
  public AffineMap output(int index, int other) {
    double[] column = new double[from];
    for (int i = 0; i < from; i++) {
      column[i] = weight[i * to + index] - (other < 0 ? 0 : weight[i * to + other]);
    }
    double[] offset = {bias[index] - (other < 0 ? 0 : bias[other])};
    return new AffineMap(from, 1, column, offset);
  }

  /** y for rows x. */
  public double[] apply(double[] x) {
    double[] y = product(x, 0, x.length / from);
    for (int row = 0; row < y.length; row += to) {
      for (int o = 0; o < to; o++) {
        y[row + o] += bias[o];
      }
    }
    return y;
  }

  /** The part of x Wᵀ that the inputs from {@code first} on give, for parts of {@code width}. */
  public double[] partial(double[] x, int rowCount, int first, int width) {
    double[] y = new double[rowCount * to];
    for (int row = 0; row < rowCount; row++) {
      accumulate(x, row * width, first, width, y, row * to);
    }
    return y;
  }

  /** b. */
  public double[] bias() {
    return bias;
  }

  private double[] product(double[] x, int first, int rowCount) {
    double[] y = new double[rowCount * to];
    for (int row = 0; row < rowCount; row++) {
      accumulate(x, row * from, first, from, y, row * to);
    }
    return y;
  }

  private void accumulate(double[] x, int at, int first, int width, double[] y, int into) {
    for (int i = 0; i < width; i++) {
      double factor = x[at + i];
      int column = (first + i) * to;
      for (int o = 0; o < to; o++) {
        y[into + o] += factor * weight[column + o];
      }
    }
  }

  /**
   * Relevance of the inputs by the z⁺ rule (α = 1, β = 0; Bach et al., PLoS ONE 2015; as in Chefer
   * et al., CVPR 2021): with z_io = x_i w_oi, R_i = Σ_o ⌊z_io⌋₊ / Σ_j ⌊z_jo⌋₊ · R_o. The bias gets
   * nothing. Sums are conserved, except where no input speaks for an output.
   *
   * @param x the inputs, [row, from]
   * @param relevance the relevance of the outputs, [row, to]
   */
  public double[] relevance(double[] x, double[] relevance) {
    double[] result = new double[x.length];
    double[] ratio = new double[to];
    for (int row = 0; row < x.length / from; row++) {
      Arrays.fill(ratio, 0);
      for (int i = 0; i < from; i++) {
        double factor = x[row * from + i];
        for (int o = 0; o < to; o++) {
          ratio[o] += Math.max(0, factor * weight[i * to + o]);
        }
      }
      for (int o = 0; o < to; o++) {
        ratio[o] = ratio[o] == 0 ? 0 : relevance[row * to + o] / ratio[o];
      }
      for (int i = 0; i < from; i++) {
        double factor = x[row * from + i];
        double sum = 0;
        for (int o = 0; o < to; o++) {
          sum += Math.max(0, factor * weight[i * to + o]) * ratio[o];
        }
        result[row * from + i] = sum;
      }
    }
    return result;
  }
}
