package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.ElementType;
import org.attentionflow.onnx.graph.Value;

/** Normalises over the last axes, then scales and shifts. */
public final class LayerNormalizationRule implements GradientRule {
  @Override
  public String operator() {
    return "LayerNormalization";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value g = emit.wide(node.gradient());
    long[] axes = axes(node);
    Normalisation normalisation = normalisation(node, axes, emit);
    if (node.wants(0)) {
      Value slope = emit.multiply(g, emit.wide(node.input(1)));
      node.put(0, emit.cast(normalisation.gradient(slope, axes, emit), node.input(0).type()));
    }
    if (node.wants(1)) {
      Value scaled = emit.multiply(g, normalisation.normal());
      node.putBroadcast(1, emit.cast(scaled, node.input(1).type()));
    }
    node.putBroadcast(2, node.gradient());
  }

  /**
   * Statistics of 32 bits come with the operator; for other types they are computed again, of 16
   * bits in 32.
   */
  private static Normalisation normalisation(NodeGradient node, long[] axes, Emitter emit) {
    Value x = node.input(0);
    if (x.type() != ElementType.FLOAT) {
      return Normalisation.of(emit.wide(x), node.number("epsilon", 1e-5), axes, emit);
    }
    Value mean = node.extraOutput(1, ElementType.FLOAT);
    Value inverse = node.extraOutput(2, ElementType.FLOAT);
    return Normalisation.of(x, mean, inverse, emit);
  }

  private static long[] axes(NodeGradient node) {
    long first = node.integer("axis", -1);
    int rank = node.input(0).rank();
    if (first >= 0 && rank < 0) {
      throw node.refuse("the number of axes of " + node.input(0).name() + " is not known");
    }
    long count = first < 0 ? -first : rank - first;
    long[] axes = new long[(int) count];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i - count;
    }
    return axes;
  }
}
