package org.attentionflow.baselines.encoder;

import org.attentionflow.engine.EncoderWeights;

/**
 * How rows of vectors are divided among the heads.
 *
 * @param tokenCount t
 * @param headCount H
 * @param headWidth the columns of one head; H · headWidth = the hidden width
 */
public record HeadShape(int tokenCount, int headCount, int headWidth) {
  static HeadShape of(EncoderWeights.Layer weights, double[] x) {
    int hidden = weights.query().weight().size(0);
    return new HeadShape(x.length / hidden, weights.headCount(), hidden / weights.headCount());
  }

  /** The hidden width. */
  public int hidden() {
    return headCount * headWidth;
  }

  /** Where a head's columns of a token's row begin. */
  public int row(int head, int token) {
    return token * hidden() + head * headWidth;
  }

  /** Where the attention of a head and query begins, in [head, query, key]. */
  public int attentionRow(int head, int query) {
    return (head * tokenCount + query) * tokenCount;
  }

  /** The scalar product of the head's columns of two rows. */
  public double product(double[] left, int leftRow, double[] right, int rightRow) {
    double sum = 0;
    for (int d = 0; d < headWidth; d++) {
      sum += left[leftRow + d] * right[rightRow + d];
    }
    return sum;
  }

  /** A = softmax(Q Kᵀ / √headWidth) per head. */
  double[] attention(double[] query, double[] key) {
    double[] attention = new double[headCount * tokenCount * tokenCount];
    double scale = 1 / Math.sqrt(headWidth);
    for (int h = 0; h < headCount; h++) {
      for (int q = 0; q < tokenCount; q++) {
        int at = attentionRow(h, q);
        for (int k = 0; k < tokenCount; k++) {
          attention[at + k] = scale * product(query, row(h, q), key, row(h, k));
        }
        softmax(attention, at, tokenCount);
      }
    }
    return attention;
  }

  /** A V per head, the heads side by side. */
  double[] mix(double[] attention, double[] value) {
    double[] mixed = new double[tokenCount * hidden()];
    for (int h = 0; h < headCount; h++) {
      for (int q = 0; q < tokenCount; q++) {
        for (int k = 0; k < tokenCount; k++) {
          double share = attention[attentionRow(h, q) + k];
          for (int d = 0; d < headWidth; d++) {
            mixed[row(h, q) + d] += share * value[row(h, k) + d];
          }
        }
      }
    }
    return mixed;
  }

  private static void softmax(double[] values, int from, int count) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, values[from + i]);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      values[from + i] = StrictMath.exp(values[from + i] - largest);
      sum += values[from + i];
    }
    for (int i = 0; i < count; i++) {
      values[from + i] /= sum;
    }
  }
}
