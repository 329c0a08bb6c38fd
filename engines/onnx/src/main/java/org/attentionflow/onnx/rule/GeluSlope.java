package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.graph.Value;

/**
 * The derivative of the Gaussian error linear unit (Hendrycks and Gimpel, 2016), exact and in its
 * approximation by the hyperbolic tangent. Of numbers in 16 bits it is computed in 32.
 */
final class GeluSlope {
  /** The coefficient of the approximation. */
  private static final double CUBIC = 0.044715;

  private GeluSlope() {}

  /** Φ(x) + x φ(x) with the distribution and the density of the standard normal distribution. */
  static Value exact(Value input, Emitter emit) {
    Value x = emit.wide(input);
    Value error = emit.op("Erf", emit.multiply(x, Math.sqrt(0.5)));
    Value below = emit.multiply(emit.add(error, emit.number(1, x.type())), 0.5);
    Value bell = emit.op("Exp", emit.multiply(emit.multiply(x, x), -0.5));
    Value density = emit.multiply(bell, 1 / Math.sqrt(2 * Math.PI));
    return emit.cast(emit.add(below, emit.multiply(x, density)), input.type());
  }

  /**
   * ½ (1 + t) + ½ x (1 − t²) u' with t = tanh u, u = √(2/π) (x + c x³) and u' = √(2/π) (1 + 3 c
   * x²).
   */
  static Value tanh(Value input, Emitter emit) {
    Value x = emit.wide(input);
    double scale = Math.sqrt(2 / Math.PI);
    Value one = emit.number(1, x.type());
    Value square = emit.multiply(x, x);
    Value inner = emit.multiply(x, emit.add(one, emit.multiply(square, CUBIC)));
    Value t = emit.op("Tanh", emit.multiply(inner, scale));
    Value rise = emit.multiply(emit.add(one, emit.multiply(square, 3 * CUBIC)), scale);
    Value steep = emit.subtract(one, emit.multiply(t, t));
    Value curved = emit.multiply(x, emit.multiply(steep, rise));
    return emit.cast(emit.multiply(emit.add(emit.add(one, t), curved), 0.5), input.type());
  }
}
