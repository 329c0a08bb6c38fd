package org.attentionflow.onnx.rule;

import java.util.Map;
import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** Takes slices by tuples of indices: each adds its gradient where it came from. */
public final class GatherNDRule implements GradientRule {
  @Override
  public String operator() {
    return "GatherND";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    long batchAxes = node.integer("batch_dims", 0);
    node.put(0, Selection.scatter(node, Map.of("batch_dims", batchAxes), true, emit));
  }
}
