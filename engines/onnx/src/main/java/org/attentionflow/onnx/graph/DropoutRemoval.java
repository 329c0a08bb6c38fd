package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;
import org.attentionflow.failure.UnusableInputException;

/**
 * Switches dropout off: every node {@code Dropout} becomes {@code Identity}. Some exporters leave
 * the switch for training on in a model exported for inference; the optimiser of ONNX Runtime takes
 * such nodes away as well, so the predictions are the ones that users of the file see.
 *
 * @param model the model without dropout
 * @param switchedOff the nodes that were in training mode
 */
public record DropoutRemoval(ModelProto model, List<String> switchedOff) {
  /** Copies the list. */
  public DropoutRemoval {
    switchedOff = List.copyOf(switchedOff);
  }

  /**
   * Takes dropout out of a model.
   *
   * @throws UnusableInputException if another input decides about it, or its mask is used
   */
  public static DropoutRemoval of(Graph graph) {
    List<String> switchedOff =
        graph.nodes().stream()
            .filter(node -> Graph.is(node, "Dropout") && isTraining(graph, node))
            .map(Graph::describe)
            .toList();
    GraphProto.Builder changed = graph.model().getGraph().toBuilder().clearNode();
    for (NodeProto node : graph.nodes()) {
      changed.addNode(Graph.is(node, "Dropout") ? identity(graph, node) : node);
    }
    return new DropoutRemoval(graph.model().toBuilder().setGraph(changed).build(), switchedOff);
  }

  private static NodeProto identity(Graph graph, NodeProto node) {
    boolean hasMask = node.getOutputCount() > 1 && !node.getOutput(1).isEmpty();
    if (hasMask && !graph.consumers(node.getOutput(1)).isEmpty()) {
      throw new UnusableInputException(
          "The mask of "
              + Graph.describe(node)
              + " is used; only dropout that is off is supported.");
    }
    return NodeProto.newBuilder()
        .setOpType("Identity")
        .setName(node.getName())
        .addInput(node.getInput(0))
        .addOutput(node.getOutput(0))
        .build();
  }

  private static boolean isTraining(Graph graph, NodeProto node) {
    if (node.getInputCount() < 3 || node.getInput(2).isEmpty()) {
      return false;
    }
    Optional<List<Long>> mode = graph.constant(node.getInput(2)).flatMap(Constants::wholeNumbers);
    if (mode.isEmpty() || mode.get().isEmpty()) {
      throw new UnusableInputException(
          (Graph.describe(node) + " is switched by '" + node.getInput(2) + "', no constant.")
              + " Maybe export the model in evaluation mode.");
    }
    return mode.get().get(0) != 0;
  }
}
