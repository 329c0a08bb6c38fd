package org.attentionflow.tensorflow;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.session.InputRole;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What goes into a classifier's graph and what comes out.
 *
 * @param inputs the tensors to feed, by what they mean; ids are always among them
 * @param output the logits, or their softmax
 */
record GraphSignature(Map<InputRole, GraphInput> inputs, TensorName output) {
  private static final String LOGITS = "logits";

  /** The tensor of token ids. */
  TensorName ids() {
    return Objects.requireNonNull(inputs.get(InputRole.IDS)).tensor();
  }

  /** The number of inputs the graph needs at once, or {@link GraphInput#ANY}. */
  int batchSize() {
    return GraphInput.common(inputs.values().stream().map(GraphInput::batchSize).toList());
  }

  /** The number of tokens the graph needs, or {@link GraphInput#ANY}. */
  int tokenCount() {
    return GraphInput.common(inputs.values().stream().map(GraphInput::tokenCount).toList());
  }

  /** Whether padding can be masked. */
  boolean hasMask() {
    return inputs.containsKey(InputRole.MASK);
  }

  /** The signature that a SavedModel has under a name. */
  static GraphSignature of(String name, SignatureDef signature) {
    Map<InputRole, GraphInput> inputs = new EnumMap<>(InputRole.class);
    signature
        .getInputsMap()
        .forEach(
            (key, info) ->
                put(
                    inputs,
                    key,
                    GraphInput.of(
                        TensorName.parse(info.getName()), info.getDtype(), info.getTensorShape())));
    requireIds(inputs, "The signature " + name, signature.getInputsMap().keySet());
    return new GraphSignature(inputs, TensorName.parse(output(name, signature).getName()));
  }

  /**
   * The same if it is that of a classifier: ids in, and as its one output, or the one called
   * logits, a table of floats, [batch, class], out; or what has no shape that says otherwise.
   */
  static Optional<GraphSignature> ofClassifier(String name, SignatureDef signature) {
    try {
      return isTable(output(name, signature)) ? Optional.of(of(name, signature)) : Optional.empty();
    } catch (UnusableInputException otherInputs) {
      return Optional.empty();
    }
  }

  private static boolean isTable(TensorInfo output) {
    return output.getDtype() == DataType.DT_FLOAT
        && (!output.hasTensorShape()
            || output.getTensorShape().getUnknownRank()
            || output.getTensorShape().getDimCount() == 2);
  }

  private static TensorInfo output(String name, SignatureDef signature) {
    Map<String, TensorInfo> outputs = signature.getOutputsMap();
    if (outputs.containsKey(LOGITS)) {
      return outputs.get(LOGITS);
    }
    if (outputs.size() != 1) {
      throw new UnusableInputException(
          ("The signature " + name + " has no output " + LOGITS + ", but ")
              + String.join(", ", new TreeSet<>(outputs.keySet()))
              + ". Maybe the model is no sequence classifier.");
    }
    return outputs.values().iterator().next();
  }

  /**
   * The signature of a graph that comes without one: placeholders are the inputs, and the output is
   * the one node that nobody reads, or the one called logits.
   */
  static GraphSignature of(GraphDef graph) {
    Map<InputRole, GraphInput> inputs = new EnumMap<>(InputRole.class);
    TreeSet<String> names = new TreeSet<>();
    for (NodeDef node : graph.getNodeList()) {
      if (node.getOp().equals("Placeholder")) {
        names.add(node.getName());
        AttrValue shape = node.getAttrMap().getOrDefault("shape", unknownShape());
        DataType type =
            node.getAttrMap().getOrDefault("dtype", AttrValue.getDefaultInstance()).getType();
        GraphInput input = GraphInput.of(TensorName.of(node.getName()), type, shape.getShape());
        put(inputs, node.getName(), input);
      }
    }
    requireIds(inputs, "The graph", names);
    return new GraphSignature(inputs, TensorName.of(sink(graph)));
  }

  private static AttrValue unknownShape() {
    return AttrValue.newBuilder()
        .setShape(TensorShapeProto.newBuilder().setUnknownRank(true))
        .build();
  }

  private static String sink(GraphDef graph) {
    TreeSet<String> unread = new TreeSet<>();
    graph.getNodeList().stream()
        .filter(node -> !node.getOp().equals("NoOp") && !node.getOp().equals("Placeholder"))
        .forEach(node -> unread.add(node.getName()));
    for (NodeDef node : graph.getNodeList()) {
      for (String input : node.getInputList()) {
        unread.remove(
            TensorName.isControl(input)
                ? TensorName.controlled(input)
                : TensorName.parse(input).node());
      }
    }
    List<String> logits =
        unread.stream().filter(name -> name.equals(LOGITS) || name.endsWith("/" + LOGITS)).toList();
    if (unread.size() == 1) {
      return unread.first();
    }
    if (logits.size() == 1) {
      return logits.get(0);
    }
    throw new UnusableInputException(
        "The graph has no single output that could be the logits, but "
            + (unread.isEmpty() ? "none" : listed(unread))
            + ". Maybe freeze it again with the logits as its only output.");
  }

  private static String listed(TreeSet<String> names) {
    return names.stream().limit(8).collect(Collectors.joining(", "))
        + (names.size() > 8 ? " and " + (names.size() - 8) + " more" : "");
  }

  private static void put(Map<InputRole, GraphInput> inputs, String name, GraphInput input) {
    InputRole role =
        InputRole.of(name)
            .orElseThrow(
                () ->
                    new UnusableInputException(
                        ("The graph wants the input " + name + ", of which nothing is known but")
                            + " its name; known are input_ids, attention_mask,"
                            + " token_type_ids, position_ids."));
    if (inputs.put(role, input) != null) {
      throw new UnusableInputException(
          ("The graph has two inputs for the same thing; one of them is " + name)
              + ". Maybe their names were lost when it was saved: model.export of Keras keeps them.");
    }
  }

  private static void requireIds(
      Map<InputRole, GraphInput> inputs, String what, Set<String> names) {
    if (!inputs.containsKey(InputRole.IDS)) {
      throw new UnusableInputException(
          (what + " has no input for token ids (input_ids), only [")
              + String.join(", ", new TreeSet<>(names))
              + "]. Maybe it is no sequence classifier.");
    }
  }
}
