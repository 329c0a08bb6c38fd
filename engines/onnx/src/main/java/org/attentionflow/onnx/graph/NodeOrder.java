package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;

/** Sorts nodes so that each comes after those it depends on (Kahn, Comm. ACM 5, 1962). */
final class NodeOrder {
  private NodeOrder() {}

  /**
   * The model with its nodes in order; the one of the file is kept as far as it goes.
   *
   * @throws UnusableInputException if nodes depend on each other in a circle
   */
  static ModelProto sorted(ModelProto model, String where) {
    GraphProto graph = model.getGraph();
    List<NodeProto> nodes = graph.getNodeList();
    List<Integer> order = order(nodes);
    if (order.size() < nodes.size()) {
      boolean[] placed = new boolean[nodes.size()];
      order.forEach(i -> placed[i] = true);
      int first = 0;
      while (placed[first]) {
        first++;
      }
      throw new UnusableInputException(
          (where + " is not a usable ONNX model: the node " + Graph.describe(nodes.get(first)))
              + " depends on itself, through a circle of nodes. Maybe it is damaged.");
    }
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i) != i) {
        return model.toBuilder().setGraph(inOrder(graph, order)).build();
      }
    }
    return model;
  }

  private static GraphProto inOrder(GraphProto graph, List<Integer> order) {
    GraphProto.Builder sorted = graph.toBuilder().clearNode();
    order.forEach(i -> sorted.addNode(graph.getNode(i)));
    return sorted.build();
  }

  /** The indices of the nodes in order, the smallest possible first; without those in circles. */
  private static List<Integer> order(List<NodeProto> nodes) {
    Map<String, Integer> producer = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String name : nodes.get(i).getOutputList()) {
        producer.put(name, i);
      }
    }
    producer.remove("");
    List<List<Integer>> readers = new ArrayList<>();
    nodes.forEach(node -> readers.add(new ArrayList<>()));
    int[] missing = new int[nodes.size()];
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < nodes.size(); i++) {
      Set<String> names = Graph.inputsOf(nodes.get(i));
      for (String name : names) {
        Integer source = producer.get(name);
        if (source != null) {
          readers.get(source).add(i);
          missing[i]++;
        }
      }
      if (missing[i] == 0) {
        ready.add(i);
      }
    }
    List<Integer> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      order.add(next);
      for (int reader : readers.get(next)) {
        if (--missing[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    return order;
  }
}
