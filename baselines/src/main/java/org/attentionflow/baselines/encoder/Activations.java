package org.attentionflow.baselines.encoder;

import org.attentionflow.engine.EncoderWeights;

/** The elementwise functions in double precision. */
final class Activations {
  private static final double ROOT_TWO = Math.sqrt(2);

  private Activations() {}

  /** The function of every element, in a new array. */
  static double[] apply(EncoderWeights.Activation function, double[] x) {
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = of(function, x[i]);
    }
    return result;
  }

  private static double of(EncoderWeights.Activation function, double x) {
    return switch (function) {
      case GELU -> 0.5 * x * (1 + ErrorFunction.of(x / ROOT_TWO));
      case GELU_TANH ->
          0.5 * x * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case RELU -> Math.max(0, x);
      case SILU -> x / (1 + StrictMath.exp(-x));
      case TANH -> StrictMath.tanh(x);
    };
  }
}
