package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = x^y: ∂z/∂x = y x^(y−1), ∂z/∂y = z log x, which is taken as 0 where x is not positive. */
public final class PowRule implements GradientRule {
  @Override
  public String operator() {
    return "Pow";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value g = node.gradient();
    Value x = node.input(0);
    Value y = emit.cast(node.input(1), x.type());
    if (node.wants(0)) {
      Value lower = emit.op("Pow", x, emit.subtract(y, emit.number(1, x.type())));
      node.putBroadcast(0, emit.multiply(g, emit.multiply(y, lower)));
    }
    if (node.wants(1)) {
      Value positive = emit.compare("Greater", x, emit.zero(x));
      Value safe = emit.where(positive, x, emit.number(1, x.type()));
      Value slope = emit.multiply(emit.op("Pow", x, y), emit.op("Log", safe));
      Value gradient = emit.where(positive, emit.multiply(g, slope), emit.zero(x));
      node.putBroadcast(1, emit.cast(gradient, node.input(1).type()));
    }
  }
}
