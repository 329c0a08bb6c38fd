package org.attentionflow.tensorflow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * A stored graph laid flat, with everything found in it that is needed to explain with it.
 *
 * @param flat what the logits depend on, without calls
 * @param inputs the tensors to feed
 * @param logits the logits, before any softmax
 * @param attention the attention of each layer, first layer first
 * @param restore how variables get their values
 * @param restoring the nodes of the stored graph that take part in that
 */
record GraphPlan(
    FlatGraph flat,
    GraphSignature signature,
    TensorName logits,
    List<Attention> attention,
    RestorePlan restore,
    Collection<NodeDef> restoring) {
  private static final Set<String> OUTPUT_FUNCTIONS = Set.of("Softmax", "LogSoftmax", "Sigmoid");
  private static final Set<String> VARIABLES = Set.of("VarHandleOp", "VariableV2", "Variable");

  /**
   * Lays a graph flat and finds attention in it.
   *
   * @param layerCount how many layers the configuration names, if it does
   */
  static GraphPlan of(StoredModel model, OperationRegistry registry, OptionalInt layerCount) {
    FlatGraph stored = nodesOf(model.graph());
    List<TensorName> inputs = inputs(model.signature());
    List<TensorName> wanted = new ArrayList<>(inputs);
    wanted.add(model.signature().output());
    GraphDef needed =
        GraphDef.newBuilder()
            .setLibrary(model.graph().getLibrary())
            .addAllNode(stored.prunedTo(wanted).nodes())
            .build();
    FlatGraph inlined = FunctionInliner.inline(needed, registry);
    TensorName logits = logits(inlined, inlined.tensor(model.signature().output()));
    List<TensorName> kept = new ArrayList<>(inputs);
    kept.add(logits);
    FlatGraph flat =
        ComplementaryErrors.replaced(
                ControlEdges.pruned(inlined.prunedTo(kept), registry, model.graph().getLibrary()))
            .prunedTo(kept);
    RestorePlan restore = RestorePlan.of(model.meta());
    Collection<NodeDef> restoring = stored.prunedTo(restore.needed()).nodes();
    List<NodeDef> running = new ArrayList<>(flat.nodes());
    running.addAll(restoring);
    checkRunning(running, model.graph(), registry);
    TensorName ids = model.signature().ids();
    List<Attention> attention = new AttentionFinder(flat, ids).find(layerCount);
    return new GraphPlan(flat, model.signature(), logits, attention, restore, restoring);
  }

  /** Checks what would run, with the functions that are still called, by loops or on restoring. */
  private static void checkRunning(
      List<NodeDef> nodes, GraphDef stored, OperationRegistry registry) {
    OutsideAccess.check(nodes, registry);
    FunctionClosure.of(nodes, stored.getLibrary())
        .getFunctionList()
        .forEach(function -> OutsideAccess.check(function.getNodeDefList(), registry));
    if (FunctionClosure.total(nodes, stored.getLibrary(), node -> 1) > FunctionInliner.MOST_NODES) {
      throw FunctionInliner.tooManyNodes();
    }
    ConstantMemory.check(nodes, stored.getLibrary(), stored.getSerializedSize());
  }

  /** Whether weights have to be read from files beside the graph. */
  boolean hasVariables() {
    return flat.nodes().stream().anyMatch(node -> VARIABLES.contains(node.getOp()));
  }

  /** The number of elements of all variables and constant arrays that the logits depend on. */
  long parameterCount() {
    long count = 0;
    for (NodeDef node : flat.nodes()) {
      if (VARIABLES.contains(node.getOp())) {
        AttrValue shape = node.getAttrMap().getOrDefault("shape", AttrValue.getDefaultInstance());
        count += Nodes.elementCount(shape.getShape());
      } else if (Nodes.isFloatArray(node)) {
        count += Nodes.elementCount(Nodes.constant(node).getTensorShape());
      }
    }
    return count;
  }

  /**
   * The graph to run.
   *
   * @param stored the graph as it was stored: its functions and versions
   * @param more nodes to add
   */
  GraphDef graph(GraphDef stored, List<NodeDef> more) {
    Map<String, NodeDef> nodes = new LinkedHashMap<>();
    flat.nodes().forEach(node -> nodes.put(node.getName(), node));
    restoring.forEach(
        node ->
            nodes.put(node.getName(), node.toBuilder().clearDevice().removeAttr("_class").build()));
    more.forEach(node -> nodes.put(node.getName(), node));
    return GraphDef.newBuilder()
        .setVersions(stored.getVersions())
        .setLibrary(FunctionClosure.of(nodes.values(), stored.getLibrary()))
        .addAllNode(nodes.values())
        .build();
  }

  private static List<TensorName> inputs(GraphSignature signature) {
    return signature.inputs().values().stream().map(GraphInput::tensor).toList();
  }

  private static FlatGraph nodesOf(GraphDef graph) {
    Map<String, NodeDef> nodes = new LinkedHashMap<>();
    for (NodeDef node : graph.getNodeList()) {
      if (nodes.put(node.getName(), node) != null) {
        throw new UnusableInputException("The graph has two nodes " + node.getName() + ".");
      }
    }
    return FlatGraph.of(nodes, tensor -> tensor);
  }

  /** Goes back from probabilities of classes to the logits they are made of. */
  private static TensorName logits(FlatGraph graph, TensorName output) {
    TensorName at = output;
    while (graph.producer(at).getOp().equals("Identity")) {
      at = FlatGraph.inputs(graph.producer(at)).get(0);
    }
    NodeDef node = graph.producer(at);
    return OUTPUT_FUNCTIONS.contains(node.getOp()) ? FlatGraph.inputs(node).get(0) : output;
  }
}
