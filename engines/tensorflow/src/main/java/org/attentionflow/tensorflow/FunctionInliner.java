package org.attentionflow.tensorflow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Replaces calls of functions by their bodies. What TensorFlow 2 saves is mostly one call, {@code
 * StatefulPartitionedCall}; the tensors inside it have no names to fetch or differentiate by. In
 * the flat graph they have: a node {@code n} of a body called by the node {@code c} becomes {@code
 * c/n}.
 *
 * <p>Calls are replaced depth first. The outputs of a call are noted as aliases of the tensors its
 * body returns, and inputs are resolved through the aliases when all calls are gone; so it does not
 * matter in which order nodes stand. A call's control inputs run before those nodes of the body
 * that have no inputs of their own, and whatever waits for the call waits for all that the body
 * returns.
 *
 * <p>A function that calls itself is refused, and so is a graph that would grow beyond {@link
 * #MOST_NODES} nodes or {@link #MOST_CALLS} nested calls.
 */
final class FunctionInliner {
  /** The most nodes of a graph whose calls are replaced. */
  static final int MOST_NODES = 200_000;

  private static final int MOST_CALLS = 100;

  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final OperationRegistry registry;
  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
  private final Map<TensorName, TensorName> aliases = new HashMap<>();

  /** What a node that waits for a call has to wait for, by the name of the call. */
  private final Map<String, String> ends = new HashMap<>();

  private final Set<String> taken = new HashSet<>();
  private final Deque<String> calling = new ArrayDeque<>();

  private FunctionInliner(GraphDef graph, OperationRegistry registry) {
    graph
        .getLibrary()
        .getFunctionList()
        .forEach(function -> functions.put(function.getSignature().getName(), function));
    this.registry = registry;
  }

  /**
   * A graph without calls.
   *
   * @param graph the functions, and the nodes that are needed
   * @param registry the signatures of all operations
   */
  static FlatGraph inline(GraphDef graph, OperationRegistry registry) {
    FunctionInliner inliner = new FunctionInliner(graph, registry);
    for (NodeDef node : graph.getNodeList()) {
      if (!inliner.taken.add(node.getName())) {
        throw new UnusableInputException("The graph has two nodes " + node.getName() + ".");
      }
    }
    graph.getNodeList().forEach(inliner::add);
    return inliner.resolved();
  }

  /** Whether a node calls a function of the graph, one way or the other. */
  private Optional<FunctionDef> called(NodeDef node) {
    boolean byAttribute =
        node.getOp().equals("PartitionedCall") || node.getOp().equals("StatefulPartitionedCall");
    if (!byAttribute) {
      return Optional.ofNullable(functions.get(node.getOp()));
    }
    String name =
        node.getAttrMap().containsKey("f") ? node.getAttrMap().get("f").getFunc().getName() : "";
    return Optional.of(
        Optional.ofNullable(functions.get(name))
            .orElseThrow(
                () ->
                    new UnusableInputException(
                        ("The node " + node.getName() + " calls the function '" + name)
                            + "', which the graph does not have.")));
  }

  private void add(NodeDef node) {
    Optional<FunctionDef> function = called(node);
    if (function.isPresent()) {
      inline(node, function.get());
    } else if (node.getOp().equals("IdentityN")) {
      split(node);
    } else {
      put(node);
    }
  }

  private void put(NodeDef node) {
    if (nodes.size() >= MOST_NODES) {
      throw tooManyNodes();
    }
    nodes.put(node.getName(), node);
  }

  static UnusableInputException tooManyNodes() {
    return new UnusableInputException(
        "The functions of the graph call each other so often that more than "
            + MOST_NODES
            + " nodes would come of it.");
  }

  /**
   * The operation has no gradient in the C API, though it does nothing: its outputs are aliases.
   */
  private void split(NodeDef node) {
    int index = 0;
    for (String input : node.getInputList()) {
      if (!TensorName.isControl(input)) {
        aliases.put(new TensorName(node.getName(), index++), TensorName.parse(input));
      }
    }
    end(node.getName(), List.copyOf(node.getInputList()));
  }

  private void inline(NodeDef call, FunctionDef function) {
    String name = function.getSignature().getName();
    if (calling.contains(name)) {
      throw new UnusableInputException(
          "The function " + name + " of the graph calls itself, at " + call.getName() + ".");
    }
    if (calling.size() >= MOST_CALLS) {
      throw new UnusableInputException(
          "The functions of the graph are nested more than " + MOST_CALLS + " deep.");
    }
    calling.push(name);
    FunctionBody body = new FunctionBody(call, function, registry, this::unique);
    body.start().ifPresent(this::put);
    body.nodes().forEach(this::add);
    List<TensorName> results = body.results();
    for (int i = 0; i < results.size(); i++) {
      aliases.put(new TensorName(call.getName(), i), results.get(i));
    }
    end(call.getName(), body.ends());
    calling.pop();
  }

  /** Makes the node that stands for the end of a node that is gone. */
  private void end(String gone, List<String> inputs) {
    String name = unique(gone + "/end");
    NodeDef.Builder end = NodeDef.newBuilder().setName(name).setOp("NoOp");
    // Controls do not tell outputs apart, but an alias has to be resolved by its output.
    inputs.forEach(input -> end.addInput(TensorName.isControl(input) ? input : "^" + input));
    ends.put(gone, name);
    put(end.build());
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 1; !taken.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  private FlatGraph resolved() {
    Map<String, NodeDef> resolved = new LinkedHashMap<>();
    for (NodeDef node : nodes.values()) {
      NodeDef.Builder builder = node.toBuilder().clearInput().clearDevice().removeAttr("_class");
      node.getInputList().forEach(input -> builder.addInput(resolve(input)));
      resolved.put(node.getName(), builder.build());
    }
    return FlatGraph.of(resolved, this::resolve);
  }

  private String resolve(String input) {
    if (!TensorName.isControl(input)) {
      return resolve(TensorName.parse(input)).toString();
    }
    String target = TensorName.controlled(input);
    String end = ends.get(target);
    if (end != null) {
      return "^" + end;
    }
    return "^" + resolve(TensorName.parse(target)).node();
  }

  private TensorName resolve(TensorName tensor) {
    TensorName at = tensor;
    for (int steps = 0; aliases.containsKey(at); steps++) {
      if (steps > aliases.size()) {
        throw new UnusableInputException("The graph has a cycle through " + tensor + ".");
      }
      at = aliases.get(at);
    }
    return at;
  }
}
