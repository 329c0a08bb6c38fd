package org.attentionflow.onnx.rule;

import java.util.Map;
import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** Takes slices by indices: each adds its gradient where it came from. */
public final class GatherRule implements GradientRule {
  @Override
  public String operator() {
    return "Gather";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, Selection.scatter(node, Map.of("axis", node.integer("axis", 0)), true, emit));
  }
}
