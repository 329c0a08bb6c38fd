package org.attentionflow.onnx.rule;

import java.util.List;
import java.util.Map;
import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** Z = α A' B' + β C with A' and B' transposed or not. */
public final class GemmRule implements GradientRule {
  @Override
  public String operator() {
    return "Gemm";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value g = node.gradient();
    double alpha = node.number("alpha", 1);
    boolean turnA = node.integer("transA", 0) != 0;
    boolean turnB = node.integer("transB", 0) != 0;
    Value a = node.input(0);
    Value b = node.input(1);
    if (node.wants(0)) {
      node.put(
          0,
          turnA
              ? product(b, g, turnB, true, alpha, emit)
              : product(g, b, false, !turnB, alpha, emit));
    }
    if (node.wants(1)) {
      node.put(
          1,
          turnB
              ? product(g, a, true, turnA, alpha, emit)
              : product(a, g, !turnA, false, alpha, emit));
    }
    if (node.wants(2)) {
      node.putBroadcast(2, emit.multiply(g, node.number("beta", 1)));
    }
  }

  private static Value product(
      Value x, Value y, boolean turnX, boolean turnY, double alpha, Emitter emit) {
    Map<String, Object> attributes =
        Map.of("alpha", alpha, "transA", turnX ? 1L : 0L, "transB", turnY ? 1L : 0L);
    return emit.op("Gemm", List.of(x, y), attributes);
  }
}
