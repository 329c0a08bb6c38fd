package org.attentionflow.onnx.rule;

import java.util.Map;
import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** Takes a part: its gradient goes where it came from, the rest gets zeros. */
public final class SliceRule implements GradientRule {
  @Override
  public String operator() {
    return "Slice";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, Selection.scatter(node, Map.of(), false, emit));
  }
}
