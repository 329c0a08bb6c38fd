package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.graph.Value;

/**
 * z = γ n + β with n = (x − mean) / deviation over some axes (Ba, Kiros and Hinton, 2016).
 *
 * @param normal n
 * @param inverse 1 / deviation
 */
record Normalisation(Value normal, Value inverse) {
  /** From statistics that are known. */
  static Normalisation of(Value x, Value mean, Value inverse, Emitter emit) {
    return new Normalisation(emit.multiply(emit.subtract(x, mean), inverse), inverse);
  }

  /** With the statistics computed again. */
  static Normalisation of(Value x, double epsilon, long[] axes, Emitter emit) {
    Value centred = emit.subtract(x, emit.mean(x, axes));
    Value variance = emit.mean(emit.multiply(centred, centred), axes);
    Value deviation = emit.op("Sqrt", emit.add(variance, emit.number(epsilon, x.type())));
    Value inverse = emit.op("Reciprocal", deviation);
    return new Normalisation(emit.multiply(centred, inverse), inverse);
  }

  /**
   * The gradient of x: (h − mean(h) − n mean(h n)) / deviation, where h is the gradient of n.
   *
   * @param slope h
   */
  Value gradient(Value slope, long[] axes, Emitter emit) {
    Value along = emit.mean(emit.multiply(slope, normal), axes);
    Value rest = emit.subtract(slope, emit.mean(slope, axes));
    return emit.multiply(emit.subtract(rest, emit.multiply(normal, along)), inverse);
  }
}
