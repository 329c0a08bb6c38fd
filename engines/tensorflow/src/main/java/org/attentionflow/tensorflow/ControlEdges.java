package org.attentionflow.tensorflow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * Control edges say that one node runs after another though it reads nothing of it. TensorFlow 2
 * writes many of them where no order is needed: behind every read of a variable, and behind
 * assertions on the inputs, which are conditionals with functions as branches. Those that wait for
 * nothing but computations, reads and assertions are left out, and with them the assertions: the
 * engine checks inputs itself. An edge that waits for anything else, such as an assignment, stays.
 */
final class ControlEdges {
  /** Operations that TensorFlow calls stateful, and that change nothing. */
  static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "Placeholder",
          "VarHandleOp",
          "ReadVariableOp",
          "ResourceGather",
          "ResourceGatherNd",
          "Variable",
          "VariableV2",
          "VarIsInitializedOp",
          "DisableCopyOnRead",
          "Assert");

  private static final Set<String> CONDITIONALS = Set.of("If", "StatelessIf");

  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final OperationRegistry registry;

  private ControlEdges(OperationRegistry registry, FunctionDefLibrary library) {
    this.registry = registry;
    library.getFunctionList().forEach(f -> functions.put(f.getSignature().getName(), f));
  }

  /**
   * A graph without the edges that order nothing.
   *
   * @param graph pruned, so that every node stands behind those it waits for
   * @param library the functions that conditionals choose from
   */
  static FlatGraph pruned(FlatGraph graph, OperationRegistry registry, FunctionDefLibrary library) {
    return new ControlEdges(registry, library).pruned(graph);
  }

  private FlatGraph pruned(FlatGraph graph) {
    Set<String> acting = new HashSet<>();
    Map<String, NodeDef> nodes = new LinkedHashMap<>();
    for (NodeDef node : graph.nodes()) {
      NodeDef.Builder kept = node.toBuilder().clearInput();
      boolean acts = acts(node, new HashSet<>());
      for (String input : node.getInputList()) {
        boolean control = TensorName.isControl(input);
        String from = control ? TensorName.controlled(input) : TensorName.parse(input).node();
        acts |= acting.contains(from);
        if (!control || acting.contains(from)) {
          kept.addInput(input);
        }
      }
      if (acts) {
        acting.add(node.getName());
      }
      nodes.put(node.getName(), kept.build());
    }
    return FlatGraph.of(nodes, graph::tensor);
  }

  /** Whether a node does more than compute, read and assert. */
  private boolean acts(NodeDef node, Set<String> calling) {
    if (CONDITIONALS.contains(node.getOp())) {
      return Stream.of("then_branch", "else_branch")
          .map(branch -> node.getAttrMap().getOrDefault(branch, AttrValue.getDefaultInstance()))
          .anyMatch(branch -> functionActs(branch.getFunc().getName(), calling));
    }
    boolean stateful = registry.find(node.getOp()).map(OpDef::getIsStateful).orElse(true);
    return stateful && !WITHOUT_EFFECT.contains(node.getOp());
  }

  private boolean functionActs(String name, Set<String> calling) {
    FunctionDef function = functions.get(name);
    // One that is missing or calls itself is refused where it is used.
    if (function == null || !calling.add(name)) {
      return true;
    }
    boolean acts = function.getNodeDefList().stream().anyMatch(node -> acts(node, calling));
    calling.remove(name);
    return acts;
  }
}
