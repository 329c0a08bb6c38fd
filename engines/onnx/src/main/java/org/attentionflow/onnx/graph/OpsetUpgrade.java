package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;

/**
 * Writes a model of the operator sets 11 to 17 in terms of operator set 18, the first in which axes
 * are inputs of every reduction and scattering can add. What changed its meaning or its form in
 * between is rewritten; all else means the same (ONNX, Operators.md and Changelog.md).
 */
public final class OpsetUpgrade {
  /** The oldest operator set that gradients are written in. */
  public static final int TARGET = 18;

  /** The version of the file format that operator set 18 came with. */
  private static final int TARGET_IR = 8;

  /** Operators whose axes were attributes before 13. */
  private static final Set<String> AXES_BEFORE_13 = Set.of("Squeeze", "Unsqueeze", "ReduceSum");

  /** Operators whose axes were attributes before 18. */
  private static final Set<String> AXES_BEFORE_18 =
      Set.of(
          "ReduceL1",
          "ReduceL2",
          "ReduceLogSum",
          "ReduceLogSumExp",
          "ReduceMax",
          "ReduceMean",
          "ReduceMin",
          "ReduceProd",
          "ReduceSumSquare");

  private static final Set<String> SOFTMAXES = Set.of("Softmax", "LogSoftmax", "Hardmax");

  /** Changed in ways that no classifier of texts needs. */
  private static final Set<String> UNKNOWN =
      Set.of("BatchNormalization", "RoiAlign", "GRU", "LSTM", "RNN", "Upsample");

  private final long version;
  private final Names names;

  private OpsetUpgrade(long version, Names names) {
    this.version = version;
    this.names = names;
  }

  /**
   * The model in operator set 18 or, if its own is newer, the model. Softmaxes keep their axis: see
   * {@link #checkSoftmaxes}.
   *
   * @throws UnusableInputException if that is not possible
   */
  public static ModelProto apply(ModelProto model) {
    long version = version(model);
    if (version >= TARGET) {
      return model;
    }
    OpsetUpgrade upgrade = new OpsetUpgrade(version, new Names(model.getGraph()));
    ModelProto.Builder upgraded =
        model.toBuilder()
            .setGraph(upgrade.graph(model.getGraph()))
            .setIrVersion(Math.max(TARGET_IR, model.getIrVersion()))
            .clearOpsetImport();
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      upgraded.addOpsetImport(isOnnx(set) ? set.toBuilder().setVersion(TARGET).build() : set);
    }
    return upgraded.build();
  }

  /** The version of ONNX's own operator set that a model uses. */
  public static long version(ModelProto model) {
    return model.getOpsetImportList().stream()
        .filter(OpsetUpgrade::isOnnx)
        .mapToLong(OperatorSetIdProto::getVersion)
        .findFirst()
        .orElse(0);
  }

  private static boolean isOnnx(OperatorSetIdProto set) {
    return set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx");
  }

  private GraphProto graph(GraphProto graph) {
    GraphProto.Builder upgraded = graph.toBuilder().clearNode();
    for (NodeProto node : graph.getNodeList()) {
      NodeProto.Builder changed = node.toBuilder();
      for (int i = 0; i < node.getAttributeCount(); i++) {
        AttributeProto attribute = node.getAttribute(i);
        if (attribute.hasG()) {
          changed.setAttribute(i, attribute.toBuilder().setG(graph(attribute.getG())));
        }
      }
      List<NodeProto> before = new ArrayList<>();
      if (Graph.domain(node).isEmpty()) {
        upgrade(changed, before);
      }
      upgraded.addAllNode(before).addNode(changed);
    }
    return upgraded.build();
  }

  private void upgrade(NodeProto.Builder node, List<NodeProto> before) {
    String operator = node.getOpType();
    if (UNKNOWN.contains(operator)) {
      throw new UnusableInputException(
          (Graph.describe(node.build()) + " of operator set " + version + " is not supported.")
              + " Maybe export the model with operator set 18.");
    }
    if (version < 13 && AXES_BEFORE_13.contains(operator)) {
      attributeToInput(node, "axes", before);
    }
    if (AXES_BEFORE_18.contains(operator)) {
      attributeToInput(node, "axes", before);
    }
    if (operator.equals("Split")) {
      if (version < 13) {
        attributeToInput(node, "split", before);
      }
      if (node.getInputCount() < 2 || node.getInput(1).isEmpty()) {
        node.addAttribute(Attributes.of("num_outputs", (long) node.getOutputCount()));
      }
    }
    if (version < 13 && SOFTMAXES.contains(operator)) {
      long axis = Attributes.integer(node, "axis", 1);
      Attributes.remove(node, "axis");
      node.addAttribute(Attributes.of("axis", axis));
    }
    if (version < 12 && operator.equals("Dropout")) {
      Attributes.remove(node, "ratio");
    }
  }

  private void attributeToInput(NodeProto.Builder node, String attribute, List<NodeProto> before) {
    Attributes.integers(node, attribute)
        .ifPresent(
            numbers -> {
              Attributes.remove(node, attribute);
              String name = names.fresh(node.getOutput(0) + "_" + attribute);
              before.add(
                  NodeProto.newBuilder()
                      .setOpType("Constant")
                      .addOutput(name)
                      .addAttribute(
                          AttributeProto.newBuilder()
                              .setName("value")
                              .setType(AttributeProto.AttributeType.TENSOR)
                              .setT(
                                  Constants.longs(
                                      name, numbers.stream().mapToLong(Long::longValue).toArray())))
                      .build());
              node.addInput(name);
            });
  }

  /**
   * Before 13 a softmax ran over all axes from the given one on together. Over the last axis alone
   * that is the same as now; over more it is refused.
   *
   * @param original the model before {@link #apply}
   * @param values what is known of the tensors; nothing of those of graphs inside
   */
  public static void checkSoftmaxes(ModelProto original, Map<String, Value> values) {
    if (version(original) >= 13) {
      return;
    }
    checkSoftmaxes(original.getGraph(), values);
  }

  private static void checkSoftmaxes(GraphProto graph, Map<String, Value> values) {
    for (NodeProto node : graph.getNodeList()) {
      node.getAttributeList().stream()
          .filter(attribute -> attribute.hasG())
          .forEach(attribute -> checkSoftmaxes(attribute.getG(), values));
      if (SOFTMAXES.contains(node.getOpType()) && Graph.domain(node).isEmpty()) {
        checkSoftmax(node, values);
      }
    }
  }

  private static void checkSoftmax(NodeProto node, Map<String, Value> values) {
    long axis = Attributes.integer(node, "axis", 1);
    Value input = values.get(node.getInput(0));
    int rank = input == null ? -1 : input.rank();
    if (axis != -1 && axis != rank - 1) {
      throw new UnusableInputException(
          (Graph.describe(node) + " runs over the axes from " + axis + " on of ")
              + ((rank < 0 ? "an unknown number" : rank) + ", not over the last alone.")
              + " Maybe export the model with operator set 13 or newer.");
    }
  }
}
