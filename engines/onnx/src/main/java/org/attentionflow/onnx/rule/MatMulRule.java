package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** Z = A B over the last two axes: ∂/∂A = G Bᵀ, ∂/∂B = Aᵀ G, summed over repetitions. */
public final class MatMulRule implements GradientRule {
  @Override
  public String operator() {
    return "MatMul";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Product.differentiate(node, false, false, 1, emit);
  }
}
