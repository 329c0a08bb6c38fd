package org.attentionflow.baselines.perturbation;

import org.attentionflow.failure.UnusableInputException;

/**
 * Least squares with weights, one observation at a time: the coefficients b that minimise Σ_r w_r
 * (y_r − x_r · b)² + ridge · |b|², from the normal equations by Cholesky's method. O(n²) per
 * observation, O(n³) at the end.
 */
final class WeightedLeastSquares {
  /** A pivot below this part of its diagonal element is taken for zero. */
  private static final double RANK_TOLERANCE = 1e-12;

  private final int count;
  private final double[] moment;
  private final double[] right;

  WeightedLeastSquares(int count) {
    this.count = count;
    this.moment = new double[count * count];
    this.right = new double[count];
  }

  /** Adds an observation. */
  void add(double[] x, double y, double weight) {
    for (int i = 0; i < count; i++) {
      double factor = weight * x[i];
      if (factor != 0) {
        right[i] += factor * y;
        for (int j = 0; j <= i; j++) {
          moment[i * count + j] += factor * x[j];
        }
      }
    }
  }

  /**
   * The coefficients.
   *
   * @throws UnusableInputException if the observations do not determine them
   */
  double[] solve(double ridge) {
    double[] factor = moment.clone();
    for (int i = 0; i < count; i++) {
      factor[i * count + i] += ridge;
    }
    factorise(factor);
    double[] b = right.clone();
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        b[i] -= factor[i * count + j] * b[j];
      }
      b[i] /= factor[i * count + i];
    }
    for (int i = count - 1; i >= 0; i--) {
      for (int j = i + 1; j < count; j++) {
        b[i] -= factor[j * count + i] * b[j];
      }
      b[i] /= factor[i * count + i];
    }
    return b;
  }

  private void factorise(double[] factor) {
    for (int i = 0; i < count; i++) {
      double diagonal = factor[i * count + i];
      for (int j = 0; j <= i; j++) {
        double sum = factor[i * count + j];
        for (int k = 0; k < j; k++) {
          sum -= factor[i * count + k] * factor[j * count + k];
        }
        if (j < i) {
          factor[i * count + j] = sum / factor[j * count + j];
        } else if (sum > RANK_TOLERANCE * diagonal) {
          factor[i * count + i] = Math.sqrt(sum);
        } else {
          throw new UnusableInputException(
              "The samples do not determine the scores of "
                  + count
                  + " tokens. Maybe raise method.samples.");
        }
      }
    }
  }
}
