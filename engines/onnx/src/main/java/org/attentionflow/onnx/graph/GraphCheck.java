package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the ONNX format asks of the form of a model: versions of the operator sets, each name given
 * once, nodes after those they depend on, weights as large as their shapes say, outputs that some
 * node makes and whose types are known. Types and shapes inside are left to the runtime.
 */
public final class GraphCheck {
  private static final int OLDEST_OPSET = 11;
  private static final int NEWEST_OPSET = 21;

  private final Set<String> domains = new HashSet<>();

  private GraphCheck() {}

  /** What is wrong with a model, as a sentence; empty if nothing is. */
  public static Optional<String> problem(ModelProto model) {
    GraphCheck check = new GraphCheck();
    return check
        .operatorSets(model)
        .or(() -> check.graph(model.getGraph(), Set.of()))
        .or(() -> outputTypes(model.getGraph()));
  }

  private Optional<String> operatorSets(ModelProto model) {
    if (model.getFunctionsCount() > 0) {
      return Optional.of(
          ("it has functions of its own (" + model.getFunctions(0).getName() + "), which are not")
              + " supported; onnx.inliner.inline_local_functions writes it without.");
    }
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      String domain = set.getDomain().equals("ai.onnx") ? "" : set.getDomain();
      if (!domains.add(domain)) {
        return Optional.of("it names two versions of the operator set '" + domain + "'.");
      }
      if (domain.isEmpty()
          && (set.getVersion() < OLDEST_OPSET || set.getVersion() > NEWEST_OPSET)) {
        return Optional.of(
            ("its operator set is version " + set.getVersion() + "; supported are ")
                + (OLDEST_OPSET + " to " + NEWEST_OPSET + "."));
      }
    }
    return domains.contains("")
        ? Optional.empty()
        : Optional.of("it does not say which operator set it uses.");
  }

  /** Checks a graph whose nodes can also read the given tensors of the graphs around it. */
  private Optional<String> graph(GraphProto graph, Set<String> outer) {
    Set<String> known = new HashSet<>(outer);
    Set<String> own = new HashSet<>();
    for (ValueInfoProto input : graph.getInputList()) {
      if (input.getName().isEmpty() || !own.add(input.getName())) {
        return twice("input", input.getName());
      }
    }
    Set<String> weights = new HashSet<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      if (tensor.getName().isEmpty() || !weights.add(tensor.getName())) {
        return twice("weight", tensor.getName());
      }
      Optional<String> problem = tensor(tensor);
      if (problem.isPresent()) {
        return problem;
      }
    }
    own.addAll(weights);
    known.addAll(own);
    for (NodeProto node : graph.getNodeList()) {
      Optional<String> problem = node(node, known, own);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return outputs(graph, known);
  }

  private Optional<String> node(NodeProto node, Set<String> known, Set<String> own) {
    if (!domains.contains(Graph.domain(node))) {
      return Optional.of(
          ("the node " + Graph.describe(node) + " is of the operator set '" + node.getDomain())
              + "', of which no version is named.");
    }
    for (String name : node.getInputList()) {
      if (!name.isEmpty() && !known.contains(name)) {
        return Optional.of(
            ("the node " + Graph.describe(node) + " reads '" + name)
                + "', which is no input, no weight and made by no node before it.");
      }
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      Optional<String> problem =
          attribute.hasG() ? graph(attribute.getG(), known) : Optional.empty();
      problem = problem.or(() -> attribute.hasT() ? tensor(attribute.getT()) : Optional.empty());
      if (problem.isPresent()) {
        return problem;
      }
    }
    for (String name : node.getOutputList()) {
      if (!name.isEmpty() && !own.add(name)) {
        return twice("tensor", name);
      }
      known.add(name);
    }
    return Optional.empty();
  }

  private static Optional<String> outputs(GraphProto graph, Set<String> known) {
    if (graph.getOutputCount() == 0) {
      return Optional.of("its graph has no outputs.");
    }
    Set<String> names = new HashSet<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      if (!known.contains(output.getName())) {
        return Optional.of("no node makes its output '" + output.getName() + "'.");
      }
      if (!names.add(output.getName())) {
        return twice("output", output.getName());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> outputTypes(GraphProto graph) {
    return graph.getOutputList().stream()
        .filter(output -> output.getType().getTensorType().getElemType() == 0)
        .findFirst()
        .map(output -> "the type of its output '" + output.getName() + "' is no tensor's.");
  }

  private static Optional<String> twice(String kind, String name) {
    return Optional.of(
        name.isEmpty()
            ? "a " + kind + " has no name."
            : "the " + kind + " '" + name + "' is twice.");
  }

  /** Whether a tensor has as many elements as its shape says. */
  private static Optional<String> tensor(TensorProto tensor) {
    long count = Constants.elementCount(tensor);
    ElementType type = ElementType.ofCode(tensor.getDataType());
    if (count < 0) {
      return Optional.of(
          "the shape "
              + tensor.getDimsList()
              + " of the weight '"
              + tensor.getName()
              + "' is none.");
    }
    if (Constants.isExternal(tensor) || type == ElementType.OTHER) {
      return Optional.empty();
    }
    boolean fits = fits(tensor, type, count);
    return fits
        ? Optional.empty()
        : Optional.of(
            ("the weight '" + tensor.getName() + "' of shape " + tensor.getDimsList())
                + " does not have as many elements as its shape says.");
  }

  private static boolean fits(TensorProto tensor, ElementType type, long count) {
    if (tensor.hasRawData()) {
      return count <= Integer.MAX_VALUE && tensor.getRawData().size() == count * type.byteCount();
    }
    long found =
        switch (type) {
          case FLOAT -> tensor.getFloatDataCount();
          case DOUBLE -> tensor.getDoubleDataCount();
          case INT64 -> tensor.getInt64DataCount();
          case UINT32, UINT64 -> tensor.getUint64DataCount();
          default -> tensor.getInt32DataCount();
        };
    return found == count;
  }
}
