package org.attentionflow.information;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.tensor.Precision;

/**
 * Random information tensors of the shape that models give, for benchmarks and tests without a
 * model. The same arguments give the same bits on every machine and Java version.
 *
 * <p>Attention rows are softmaxes of independent Gaussian logits. Gradients are independent
 * Gaussians; those of the last layer are zero but for the first query, as with a classifier that
 * reads its first token.
 */
public final class SyntheticInformation {
  /** What the tensor is like. */
  public enum Kind {
    /** E_h(A): every capacity is positive and every row sums to 1. */
    ATTENTION,
    /** E_h(⌊A ∘ ∇A⌋₊): sparse, and one row in the last layer. */
    ATTENTION_GRADIENT
  }

  /** The standard deviation of the logits: rows are neither flat nor all on one key. */
  private static final double LOGIT_DEVIATION = 2;

  private final SplittableRandom random;
  private double spare = Double.NaN;

  private SyntheticInformation(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * Makes a tensor.
   *
   * @param layerCount the number of layers, at least 1
   * @param tokenCount the number of tokens, at least 1
   * @param headCount the number of heads that are averaged, at least 1
   * @param seed the seed
   */
  public static InformationTensor of(
      Kind kind, int layerCount, int tokenCount, int headCount, long seed) {
    return of(kind, layerCount, tokenCount, headCount, seed, Precision.DOUBLE);
  }

  /** Makes the same tensor with every layer kept in a precision as soon as it is made. */
  public static InformationTensor of(
      Kind kind, int layerCount, int tokenCount, int headCount, long seed, Precision precision) {
    SyntheticInformation source = new SyntheticInformation(seed);
    List<Matrix> layers = new ArrayList<>();
    for (int layer = 0; layer < layerCount; layer++) {
      boolean isLast = layer == layerCount - 1;
      layers.add(source.layer(kind, tokenCount, headCount, isLast).in(precision));
    }
    return InformationTensor.of(layers);
  }

  private Matrix layer(Kind kind, int tokenCount, int headCount, boolean isLast) {
    double[] mean = new double[tokenCount * tokenCount];
    double[] row = new double[tokenCount];
    for (int head = 0; head < headCount; head++) {
      for (int query = 0; query < tokenCount; query++) {
        attention(row);
        if (kind == Kind.ATTENTION_GRADIENT) {
          timesGradient(row, !isLast || query == 0);
        }
        for (int key = 0; key < tokenCount; key++) {
          mean[query * tokenCount + key] += row[key] / headCount;
        }
      }
    }
    return Matrix.of(tokenCount, tokenCount, mean);
  }

  /** A row of attention: exp(z_k) / Σ exp(z). */
  private void attention(double[] row) {
    double sum = 0;
    for (int key = 0; key < row.length; key++) {
      row[key] = StrictMath.exp(LOGIT_DEVIATION * gaussian());
      sum += row[key];
    }
    for (int key = 0; key < row.length; key++) {
      row[key] /= sum;
    }
  }

  private void timesGradient(double[] row, boolean hasGradient) {
    for (int key = 0; key < row.length; key++) {
      row[key] = hasGradient ? Math.max(0, row[key] * gaussian()) : 0;
    }
  }

  /** A standard Gaussian by Marsaglia's polar method, two at a time. */
  private double gaussian() {
    if (!Double.isNaN(spare)) {
      double second = spare;
      spare = Double.NaN;
      return second;
    }
    double x;
    double y;
    double square;
    do { // ends with probability 1; a round fails with probability 1 − π/4
      x = 2 * random.nextDouble() - 1;
      y = 2 * random.nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
    spare = y * factor;
    return x * factor;
  }
}
