package org.attentionflow.onnx.gradient;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.onnx.graph.Attributes;
import org.attentionflow.onnx.graph.Constants;
import org.attentionflow.onnx.graph.ElementType;
import org.attentionflow.onnx.graph.Graph;
import org.attentionflow.onnx.graph.Names;
import org.attentionflow.onnx.graph.Value;
import org.attentionflow.onnx.graph.ValueShape;
import org.jspecify.annotations.Nullable;

/**
 * A node of the graph, the target's gradient with respect to its outputs, and the place where a
 * {@link GradientRule} puts the gradients with respect to its inputs.
 */
public final class NodeGradient {
  private final NodeProto node;
  private final Graph graph;
  private final Set<String> active;
  private final List<@Nullable Value> outputGradients;
  private final Emitter emit;
  private final Names names;
  private final Map<Integer, List<Value>> contributions = new HashMap<>();
  private final List<String> outputs;

  NodeGradient(
      NodeProto node,
      Graph graph,
      Set<String> active,
      List<@Nullable Value> outputGradients,
      Emitter emit,
      Names names) {
    this.node = node;
    this.graph = graph;
    this.active = active;
    this.outputGradients = outputGradients;
    this.emit = emit;
    this.names = names;
    this.outputs = new ArrayList<>(node.getOutputList());
  }

  /** The operator of the node. */
  public String operator() {
    return node.getOpType();
  }

  /** The number of inputs that the node lists, left-out ones in between included. */
  public int inputCount() {
    return node.getInputCount();
  }

  /** Whether the node has an input at a place: optional ones may be left out. */
  public boolean hasInput(int index) {
    return index < node.getInputCount() && !node.getInput(index).isEmpty();
  }

  /** An input. */
  public Value input(int index) {
    return graph.value(node.getInput(index));
  }

  /** All inputs that are there, from a place on. */
  public List<Value> inputsFrom(int first) {
    List<Value> inputs = new ArrayList<>();
    for (int i = first; i < inputCount(); i++) {
      inputs.add(hasInput(i) ? input(i) : Value.of("", input(0).type()));
    }
    return inputs;
  }

  /** The number of outputs. */
  public int outputCount() {
    return node.getOutputCount();
  }

  /** An output. */
  public Value output(int index) {
    return graph.value(node.getOutput(index));
  }

  /**
   * An output that the operator can give and the node may not: it gives it from now on.
   *
   * @param index the place among the operator's outputs
   */
  public Value extraOutput(int index, ElementType type) {
    while (outputs.size() <= index) {
      outputs.add("");
    }
    if (outputs.get(index).isEmpty()) {
      outputs.set(index, names.fresh(node.getOutput(0) + "_output_" + index));
    }
    return Value.of(outputs.get(index), type);
  }

  /** The gradient with respect to the first output; zeros if it has none. */
  public Value gradient() {
    return gradient(0).orElseGet(() -> emit.zerosLike(output(0)));
  }

  /** The gradient with respect to an output; empty if the target does not depend on it. */
  public Optional<Value> gradient(int output) {
    return output < outputGradients.size()
        ? Optional.ofNullable(outputGradients.get(output))
        : Optional.empty();
  }

  /** Whether the gradient with respect to an input is of use. */
  public boolean wants(int input) {
    return hasInput(input) && active.contains(node.getInput(input));
  }

  /** Puts the gradient with respect to an input; it has the input's type and shape. */
  public void put(int input, Value gradient) {
    if (wants(input)) {
      contributions.computeIfAbsent(input, key -> new ArrayList<>()).add(gradient);
    }
  }

  /**
   * Puts the gradient with respect to an input that may have been repeated to the shape of the
   * first output: sums over the repetitions.
   *
   * @param gradient in the shape of the first output
   */
  public void putBroadcast(int input, Value gradient) {
    if (wants(input)) {
      put(input, emit.sumTo(gradient, output(0).knownShape(), input(input)));
    }
  }

  /** The same where the shape that the input was repeated to is not that of the first output. */
  public void putBroadcast(int input, Value gradient, @Nullable ValueShape shape) {
    if (wants(input)) {
      put(input, emit.sumTo(gradient, shape, input(input)));
    }
  }

  /** An attribute that is a whole number. */
  public long integer(String attribute, long byDefault) {
    return Attributes.integer(node, attribute, byDefault);
  }

  /** An attribute that is a number. */
  public double number(String attribute, double byDefault) {
    return Attributes.number(node, attribute, byDefault);
  }

  /** An attribute that is a text. */
  public String text(String attribute, String byDefault) {
    return Attributes.text(node, attribute, byDefault);
  }

  /** An attribute that is a list of whole numbers. */
  public Optional<List<Long>> integers(String attribute) {
    return Attributes.integers(node, attribute);
  }

  /** The numbers of an input that stands in the file. */
  public Optional<List<Long>> constant(int input) {
    return hasInput(input)
        ? graph.constant(node.getInput(input)).flatMap(Constants::wholeNumbers)
        : Optional.empty();
  }

  /** The only number of an input that stands in the file. */
  public Optional<Double> constantNumber(int input) {
    return hasInput(input)
        ? graph.constant(node.getInput(input)).flatMap(Constants::number)
        : Optional.empty();
  }

  /** Says that a rule cannot differentiate this node, and why. */
  public UnusableInputException refuse(String reason) {
    return new UnusableInputException(
        Graph.describe(node) + " cannot be differentiated: " + reason + ".");
  }

  /** The names of the outputs, with those that were added. */
  List<String> outputs() {
    return outputs;
  }

  /** The gradients put for an input, in their order. */
  List<Value> contributions(int input) {
    return contributions.getOrDefault(input, List.of());
  }
}
