package org.attentionflow.baselines.encoder;

import org.attentionflow.engine.EncoderWeights;
import org.attentionflow.tensor.FloatTensor;

/**
 * Operations on rows of vectors, [row, width] in one array. Sums run in index order, so that the
 * same numbers give the same bits.
 */
final class Rows {
  private Rows() {}

  /** A copy in double precision. */
  static double[] copy(FloatTensor tensor) {
    float[] values = tensor.values();
    double[] copy = new double[values.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values[i];
    }
    return copy;
  }

  /** Each element of two arrays added up. */
  static double[] sum(double[] left, double[] right) {
    double[] sum = left.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += right[i];
    }
    return sum;
  }

  /** (x − mean) / √(variance + ε) · weight + bias for each row. */
  static double[] norm(double[] x, EncoderWeights.Norm norm) {
    int width = norm.weight().size(0);
    double[] result = new double[x.length];
    for (int from = 0; from < x.length; from += width) {
      double mean = mean(x, from, width);
      double deviation = deviation(x, from, width, norm.epsilon());
      for (int d = 0; d < width; d++) {
        double scaled = (x[from + d] - mean) / deviation;
        result[from + d] = scaled * norm.weight().values()[d] + norm.bias().values()[d];
      }
    }
    return result;
  }

  /** The mean of a row that begins at a position. */
  static double mean(double[] x, int from, int width) {
    double sum = 0;
    for (int d = 0; d < width; d++) {
      sum += x[from + d];
    }
    return sum / width;
  }

  /** √(variance + ε) of a row that begins at a position. */
  static double deviation(double[] x, int from, int width, double epsilon) {
    double mean = mean(x, from, width);
    double squares = 0;
    for (int d = 0; d < width; d++) {
      squares += (x[from + d] - mean) * (x[from + d] - mean);
    }
    return Math.sqrt(squares / width + epsilon);
  }
}
