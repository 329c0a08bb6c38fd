package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** ONNX Runtime's Z = α A B, either operand transposed. */
public final class FusedMatMulRule implements GradientRule {
  @Override
  public String operator() {
    return "FusedMatMul";
  }

  @Override
  public String domain() {
    return "com.microsoft";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    if (node.integer("transBatchA", 0) != 0 || node.integer("transBatchB", 0) != 0) {
      throw node.refuse("it transposes batches");
    }
    boolean transposeA = node.integer("transA", 0) != 0;
    boolean transposeB = node.integer("transB", 0) != 0;
    Product.differentiate(node, transposeA, transposeB, node.number("alpha", 1), emit);
  }
}
