package org.attentionflow.baselines.encoder;

import org.attentionflow.engine.EncoderWeights;

/**
 * The affine map y = x Wᵀ + b over rows of vectors, and relevance backwards through it.
 *
 * <p>W is kept transposed, as one array per input: in the innermost loops all arrays have the same
 * index, which the compiler turns into vector instructions. Sums run in a fixed order.
 */
public final class AffineMap {
  /** Inputs that are added in one pass over the sums. */
  private static final int UNROLLED = 4;

  /** Wᵀ, [from][to]. */
  private final double[][] weight;

  private final double[] bias;

  private AffineMap(double[][] weight, double[] bias) {
    this.weight = weight;
    this.bias = bias;
  }

  /** The map with the given weights. */
  public static AffineMap of(EncoderWeights.Affine affine) {
    int to = affine.weight().size(0);
    int from = affine.weight().size(1);
    float[] values = affine.weight().values();
    double[][] weight = new double[from][to];
    for (int o = 0; o < to; o++) {
      for (int i = 0; i < from; i++) {
        weight[i][o] = values[o * from + i];
      }
    }
    return new AffineMap(weight, Rows.copy(affine.bias()));
  }

  /** The map to one number: the difference of two outputs, or one of them if other is negative. */
  public AffineMap output(int index, int other) {
    double[][] column = new double[weight.length][1];
    for (int i = 0; i < column.length; i++) {
      column[i][0] = weight[i][index] - (other < 0 ? 0 : weight[i][other]);
    }
    return new AffineMap(column, new double[] {bias[index] - (other < 0 ? 0 : bias[other])});
  }

  /** y for rows x, [row, from]. */
  public double[] apply(double[] x) {
    double[] y = partial(x, 0, weight.length);
    for (int at = 0; at < y.length; at += bias.length) {
      for (int o = 0; o < bias.length; o++) {
        y[at + o] += bias[o];
      }
    }
    return y;
  }

  /**
   * The part of x Wᵀ, without b, that some neighbouring inputs give.
   *
   * @param x those inputs alone, [row, width]
   * @param first the first of them
   * @param width how many they are
   */
  public double[] partial(double[] x, int first, int width) {
    int rowCount = x.length / width;
    double[] y = new double[rowCount * bias.length];
    for (int row = 0; row < rowCount; row++) {
      double[] sum = new double[bias.length];
      int i = 0;
      for (; i + UNROLLED <= width; i += UNROLLED) {
        addFour(sum, x, row * width + i, first + i);
      }
      for (; i < width; i++) {
        double factor = x[row * width + i];
        double[] column = weight[first + i];
        for (int o = 0; o < sum.length; o++) {
          sum[o] += factor * column[o];
        }
      }
      System.arraycopy(sum, 0, y, row * sum.length, sum.length);
    }
    return y;
  }

  /** Adds four inputs, one after the other, to the sums: the same bits with less traffic. */
  private void addFour(double[] sum, double[] x, int at, int first) {
    double x0 = x[at];
    double x1 = x[at + 1];
    double x2 = x[at + 2];
    double x3 = x[at + 3];
    double[] c0 = weight[first];
    double[] c1 = weight[first + 1];
    double[] c2 = weight[first + 2];
    double[] c3 = weight[first + 3];
    for (int o = 0; o < sum.length; o++) {
      sum[o] = sum[o] + x0 * c0[o] + x1 * c1[o] + x2 * c2[o] + x3 * c3[o];
    }
  }

  /** b. */
  public double[] bias() {
    return bias;
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
    int from = weight.length;
    int to = bias.length;
    double[] result = new double[x.length];
    for (int row = 0; row < x.length / from; row++) {
      double[] ratio = positiveSums(x, row * from);
      for (int o = 0; o < to; o++) {
        ratio[o] = ratio[o] == 0 ? 0 : relevance[row * to + o] / ratio[o];
      }
      for (int i = 0; i < from; i++) {
        double factor = x[row * from + i];
        double[] column = weight[i];
        double sum = 0;
        for (int o = 0; o < to; o++) {
          sum += Math.max(0, factor * column[o]) * ratio[o];
        }
        result[row * from + i] = sum;
      }
    }
    return result;
  }

  /** Σ_i ⌊x_i w_oi⌋₊ per output, for the row that begins at a position. */
  private double[] positiveSums(double[] x, int at) {
    double[] sums = new double[bias.length];
    for (int i = 0; i < weight.length; i++) {
      double factor = x[at + i];
      double[] column = weight[i];
      for (int o = 0; o < sums.length; o++) {
        sums[o] += Math.max(0, factor * column[o]);
      }
    }
    return sums;
  }
}
