package org.attentionflow.onnx.rule;

import java.util.List;
import java.util.Map;
import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** Axes in another order: the gradient's go back. */
public final class TransposeRule implements GradientRule {
  @Override
  public String operator() {
    return "Transpose";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Map<String, List<Long>> attributes =
        node.integers("perm").map(perm -> Map.of("perm", inverse(perm))).orElse(Map.of());
    node.put(0, emit.op("Transpose", List.of(node.gradient()), attributes));
  }

  private static List<Long> inverse(List<Long> perm) {
    Long[] inverse = new Long[perm.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[perm.get(i).intValue()] = (long) i;
    }
    return List.of(inverse);
  }
}
