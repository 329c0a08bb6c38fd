package org.attentionflow.tensorflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * The body of a function as one call sees it: its arguments are the call's inputs, its nodes have
 * names in the scope of the call, and the attributes it leaves open are those of the call.
 *
 * <p>Inside a function a tensor is written {@code node:output:element} with the name of the output,
 * or as the name of an argument; outside, {@code node:index}.
 */
final class FunctionBody {
  private final NodeDef call;
  private final FunctionDef function;
  private final OperationRegistry registry;
  private final Map<String, List<String>> arguments = new HashMap<>();
  private final Map<String, NodeDef> originals = new LinkedHashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final List<String> callControls;
  private final @Nullable String startName;

  /**
   * Binds the arguments and names the nodes.
   *
   * @param unique turns a wanted name into one that no other node has
   */
  FunctionBody(
      NodeDef call,
      FunctionDef function,
      OperationRegistry registry,
      UnaryOperator<String> unique) {
    this.call = call;
    this.function = function;
    this.registry = registry;
    bindArguments();
    for (NodeDef node : function.getNodeDefList()) {
      if (originals.put(node.getName(), node) != null) {
        throw damaged("has two nodes " + node.getName());
      }
      names.put(node.getName(), unique.apply(call.getName() + "/" + node.getName()));
    }
    callControls = call.getInputList().stream().filter(TensorName::isControl).toList();
    startName = callControls.isEmpty() ? null : unique.apply(call.getName() + "/start");
  }

  /** A node that waits for whatever the call waits for; nothing if that is nothing. */
  Optional<NodeDef> start() {
    return Optional.ofNullable(startName)
        .map(
            name ->
                NodeDef.newBuilder().setName(name).setOp("NoOp").addAllInput(callControls).build());
  }

  /** The nodes under their new names, with inputs as they are written outside of functions. */
  List<NodeDef> nodes() {
    return originals.values().stream().map(this::node).toList();
  }

  /** The tensors that the call's outputs stand for, in order. */
  List<TensorName> results() {
    List<TensorName> results = new ArrayList<>();
    for (OpDef.ArgDef output : function.getSignature().getOutputArgList()) {
      String returned = function.getRetMap().get(output.getName());
      if (returned == null) {
        throw damaged("returns nothing for " + output.getName());
      }
      int count = OperationRegistry.count(output, call.getAttrMap(), call.getName());
      if (count != 1) {
        throw damaged(
            "returns a list of tensors, " + output.getName() + ", which is not supported");
      }
      results.add(TensorName.parse(input(returned)));
    }
    return results;
  }

  /** What has to have run when the call has: results and control results, as inputs of a node. */
  List<String> ends() {
    List<String> ends = new ArrayList<>();
    results().forEach(result -> ends.add(result.toString()));
    function.getControlRetMap().values().forEach(node -> ends.add(input("^" + node)));
    return ends;
  }

  private void bindArguments() {
    List<String> given =
        call.getInputList().stream().filter(input -> !TensorName.isControl(input)).toList();
    int next = 0;
    for (OpDef.ArgDef argument : function.getSignature().getInputArgList()) {
      int count = OperationRegistry.count(argument, call.getAttrMap(), call.getName());
      if (next + count > given.size()) {
        throw damaged("is called with " + given.size() + " inputs, too few");
      }
      arguments.put(argument.getName(), given.subList(next, next + count));
      next += count;
    }
    if (next != given.size()) {
      throw damaged("is called with " + given.size() + " inputs instead of " + next);
    }
  }

  private NodeDef node(NodeDef original) {
    NodeDef.Builder node = original.toBuilder().clearInput().clearAttr();
    node.setName(names.get(original.getName()));
    original.getAttrMap().forEach((name, value) -> node.putAttr(name, substituted(value)));
    original.getInputList().forEach(input -> node.addInput(input(input)));
    if (startName != null && original.getInputCount() == 0) {
      node.addInput("^" + startName);
    }
    return node.build();
  }

  private AttrValue substituted(AttrValue value) {
    if (value.getValueCase() != AttrValue.ValueCase.PLACEHOLDER) {
      return value;
    }
    AttrValue given = call.getAttrMap().get(value.getPlaceholder());
    if (given == null) {
      throw damaged("is called without the attribute " + value.getPlaceholder());
    }
    return given;
  }

  private String input(String written) {
    if (TensorName.isControl(written)) {
      String waitedFor = TensorName.controlled(written);
      List<String> argument = arguments.get(waitedFor);
      return "^" + (argument == null ? name(waitedFor) : argument.get(0));
    }
    String[] parts = written.split(":", -1);
    List<String> argument = arguments.get(parts[0]);
    if (argument != null && parts.length <= 2) {
      int element = parts.length == 1 ? 0 : number(parts[1]);
      if (element >= argument.size()) {
        throw damaged("reads " + written + ", beyond its arguments");
      }
      return argument.get(element);
    }
    return new TensorName(name(parts[0]), outputIndex(parts)).toString();
  }

  private int outputIndex(String[] parts) {
    if (parts.length == 1) {
      return 0;
    }
    if (parts.length == 2 && parts[1].matches("[0-9]{1,6}")) {
      return number(parts[1]);
    }
    int element = parts.length == 2 ? 0 : number(parts[2]);
    NodeDef original = originals.get(parts[0]);
    if (original == null) {
      throw damaged("reads from " + parts[0] + ", which it does not have");
    }
    NodeDef.Builder bound = original.toBuilder().clearAttr();
    original.getAttrMap().forEach((name, value) -> bound.putAttr(name, substituted(value)));
    return registry.outputIndex(bound.build(), parts[1], element);
  }

  private String name(String node) {
    String name = names.get(node);
    if (name == null) {
      throw damaged("reads from " + node + ", which it does not have");
    }
    return name;
  }

  private int number(String digits) {
    if (!digits.matches("[0-9]{1,6}")) {
      throw damaged("has an input with the index '" + digits + "'");
    }
    return Integer.parseInt(digits);
  }

  private UnusableInputException damaged(String how) {
    return new UnusableInputException(
        ("The function " + function.getSignature().getName() + " of the graph " + how + ".")
            + " Maybe the file is damaged.");
  }
}
