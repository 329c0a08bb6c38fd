package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.Set;

/** Names that a graph does not have yet. */
public final class Names {
  private final Set<String> taken = new HashSet<>();

  /** Knows the names of tensors and nodes of a graph, those of the graphs inside it included. */
  public Names(GraphProto graph) {
    add(graph);
  }

  private void add(GraphProto graph) {
    graph.getInputList().forEach(input -> taken.add(input.getName()));
    graph.getOutputList().forEach(output -> taken.add(output.getName()));
    graph.getInitializerList().forEach(tensor -> taken.add(tensor.getName()));
    for (NodeProto node : graph.getNodeList()) {
      taken.add(node.getName());
      taken.addAll(node.getInputList());
      taken.addAll(node.getOutputList());
      node.getAttributeList().stream()
          .filter(attribute -> attribute.hasG())
          .forEach(attribute -> add(attribute.getG()));
    }
  }

  /** The wish itself or, if it is taken, the wish with a number; taken from now on. */
  public String fresh(String wish) {
    String name = wish;
    for (int i = 1; !taken.add(name); i++) {
      name = wish + "_" + i;
    }
    return name;
  }
}
