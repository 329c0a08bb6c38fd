package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.Set;
import org.attentionflow.onnx.graph.Graph;

/** Which tensors of a graph depend on the numbers, not only on the shape, of which others. */
final class Reach {
  private static final Set<String> SHAPES = Set.of("Shape", "Size");

  private final Graph graph;
  private final Set<String> ofInputs;

  Reach(Graph graph) {
    this.graph = graph;
    Set<String> inputs = new HashSet<>();
    graph.inputs().forEach(input -> inputs.add(input.getName()));
    this.ofInputs = from(inputs);
  }

  /** Whether a tensor changes when the numbers of the graph's inputs do. */
  boolean dependsOnInputs(String name) {
    return ofInputs.contains(name);
  }

  /** The tensors that depend on one, itself included. */
  Set<String> from(String name) {
    return from(Set.of(name));
  }

  /** The tensors that one depends on, itself included. */
  Set<String> to(String name) {
    Set<String> needed = new HashSet<>(Set.of(name));
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      NodeProto node = graph.nodes().get(i);
      if (!isShape(node) && node.getOutputList().stream().anyMatch(needed::contains)) {
        needed.addAll(Graph.inputsOf(node));
      }
    }
    return needed;
  }

  private static boolean isShape(NodeProto node) {
    return Graph.domain(node).isEmpty() && SHAPES.contains(node.getOpType());
  }

  private Set<String> from(Set<String> sources) {
    Set<String> reached = new HashSet<>(sources);
    for (NodeProto node : graph.nodes()) {
      if (!isShape(node) && Graph.inputsOf(node).stream().anyMatch(reached::contains)) {
        reached.addAll(node.getOutputList());
      }
    }
    reached.remove("");
    return reached;
  }
}
