package org.attentionflow.onnx.gradient;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.onnx.graph.Graph;
import org.attentionflow.onnx.graph.Names;
import org.attentionflow.onnx.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of one tensor of a graph, contracted with a cotangent, with respect to others, as
 * nodes that can be added to the graph. Nodes are visited from the target backwards; each hands the
 * gradient of its outputs on to its inputs. Only nodes between the sources and the target are
 * visited: there are no gradients of weights.
 *
 * @param gradients the gradient per source
 * @param nodes new nodes, each after those it depends on; all come after the graph's own
 * @param constants new constants
 * @param outputs by first output, the outputs of nodes of the graph that have to give more of them
 */
public record Differentiation(
    Map<String, Value> gradients,
    List<NodeProto> nodes,
    List<TensorProto> constants,
    Map<String, List<String>> outputs) {
  /** Integers that numbers are rounded to: the derivative of rounding is zero or not defined. */
  private static final Set<String> ROUNDING =
      Set.of(
          "QuantizeLinear",
          "DequantizeLinear",
          "DynamicQuantizeLinear",
          "MatMulInteger",
          "ConvInteger",
          "QLinearMatMul",
          "QLinearConv",
          "com.microsoft.DynamicQuantizeMatMul",
          "com.microsoft.MatMulIntegerToFloat",
          "com.microsoft.QLinearAdd",
          "com.microsoft.QLinearMul",
          "com.microsoft.QAttention",
          "com.microsoft.QGemm");

  /**
   * Differentiates.
   *
   * @param target what is differentiated
   * @param cotangent the name of a tensor with the type and shape of the target: the gradients are
   *     those of Σ cotangent · target
   * @param sources what it is differentiated with respect to
   * @param place says in words where the node that makes a tensor stands; asked for refusals alone
   * @throws UnusableInputException if an operator between them has no rule
   */
  public static Differentiation of(
      Graph graph,
      Value target,
      String cotangent,
      List<Value> sources,
      GradientRules rules,
      Names names,
      UnaryOperator<String> place) {
    Emitter emit = new Emitter(names);
    Set<String> active = active(graph, sources);
    Map<String, List<Value>> partial = new HashMap<>();
    partial.computeIfAbsent(target.name(), key -> new ArrayList<>()).add(target.named(cotangent));
    Map<String, Value> sums = new HashMap<>();
    Map<String, List<String>> more = new HashMap<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      NodeProto node = graph.nodes().get(i);
      List<@Nullable Value> outputs = outputGradients(node, partial, sums, emit);
      boolean isReached = outputs.stream().anyMatch(gradient -> gradient != null);
      if (isReached && node.getInputList().stream().anyMatch(active::contains)) {
        NodeGradient gradient = new NodeGradient(node, graph, active, outputs, emit, names);
        rule(node, rules, place).differentiate(gradient, emit);
        if (gradient.outputs().size() > node.getOutputCount()) {
          more.put(node.getOutput(0), gradient.outputs());
        }
        for (int input = 0; input < node.getInputCount(); input++) {
          List<Value> contributions = gradient.contributions(input);
          if (!contributions.isEmpty()) {
            partial
                .computeIfAbsent(node.getInput(input), key -> new ArrayList<>())
                .addAll(contributions);
          }
        }
      }
    }
    Map<String, Value> gradients = new LinkedHashMap<>();
    for (Value source : sources) {
      Value sum = sums.get(source.name());
      if (sum == null) {
        sum = sum(partial.remove(source.name()), emit);
      }
      gradients.put(source.name(), sum == null ? emit.zerosLike(source) : sum);
    }
    return new Differentiation(gradients, List.copyOf(emit.nodes()), emit.constants(), more);
  }

  /** The sums of all gradients that reached the outputs of a node; null where none did. */
  private static List<@Nullable Value> outputGradients(
      NodeProto node, Map<String, List<Value>> partial, Map<String, Value> sums, Emitter emit) {
    List<@Nullable Value> outputs = new ArrayList<>();
    for (String name : node.getOutputList()) {
      Value sum = sum(partial.remove(name), emit);
      if (sum != null) {
        sums.put(name, sum);
      }
      outputs.add(sum);
    }
    return outputs;
  }

  private static @Nullable Value sum(@Nullable List<Value> parts, Emitter emit) {
    return parts == null ? null : parts.stream().reduce(emit::add).orElse(null);
  }

  /** The sources and all numbers that depend on them. */
  private static Set<String> active(Graph graph, List<Value> sources) {
    Set<String> active = new HashSet<>();
    sources.forEach(source -> active.add(source.name()));
    for (NodeProto node : graph.nodes()) {
      if (Graph.inputsOf(node).stream().anyMatch(active::contains)) {
        boolean rounds = ROUNDING.contains(Graph.operator(node));
        for (String output : node.getOutputList()) {
          if (rounds || graph.value(output).type().isFloating()) {
            active.add(output);
          }
        }
      }
    }
    active.remove("");
    return active;
  }

  private static GradientRule rule(
      NodeProto node, GradientRules rules, UnaryOperator<String> place) {
    if (ROUNDING.contains(Graph.operator(node))) {
      throw new UnusableInputException(
          (describe(node, place)
                  + " works on numbers rounded to integers: the model is quantised, and")
              + " its predictions have no gradient."
              + " Maybe explain the model it was made from, or quantise the weights alone.");
    }
    return rules
        .find(Graph.domain(node), node.getOpType())
        .orElseThrow(
            () ->
                new UnusableInputException(
                    ("There is no gradient rule for the operator " + Graph.operator(node) + ": ")
                        + (describe(node, place) + ". Maybe add one: docs/onnx.md says how.")));
  }

  /** A node with its place, which takes a pass over the graph to find. */
  private static String describe(NodeProto node, UnaryOperator<String> place) {
    String output = node.getOutputCount() > 0 ? node.getOutput(0) : "";
    return Graph.describe(node) + place.apply(output);
  }
}
