package org.attentionflow.tensorflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** Turns nodes of a graph into a function, as TensorFlow 2 stores them, and writes calls of it. */
final class FunctionWriter {
  private final OperationRegistry registry;

  FunctionWriter(OperationRegistry registry) {
    this.registry = registry;
  }

  /**
   * A function.
   *
   * @param arguments nodes whose first outputs become the arguments, with their types
   * @param results names of the results and the tensors they are
   */
  FunctionDef function(
      String name,
      List<NodeDef> nodes,
      Map<String, DataType> arguments,
      Map<String, String> results) {
    FunctionDef.Builder function = FunctionDef.newBuilder();
    OpDef.Builder signature = function.getSignatureBuilder().setName(name);
    Map<String, String> argumentNames = new HashMap<>();
    arguments.forEach(
        (node, type) -> {
          String argument = "arg_" + argumentNames.size();
          argumentNames.put(node, argument);
          signature.addInputArg(OpDef.ArgDef.newBuilder().setName(argument).setType(type));
        });
    Map<String, NodeDef> byName = new HashMap<>();
    nodes.forEach(node -> byName.put(node.getName(), node));
    for (NodeDef node : nodes) {
      if (!arguments.containsKey(node.getName())) {
        NodeDef.Builder copy = node.toBuilder().clearInput();
        node.getInputList().forEach(in -> copy.addInput(input(in, argumentNames, byName)));
        function.addNodeDef(copy);
      }
    }
    results.forEach(
        (result, tensor) -> {
          NodeDef maker = byName.get(TensorName.parse(tensor).node());
          signature.addOutputArg(OpDef.ArgDef.newBuilder().setName(result).setType(type(maker)));
          function.putRet(result, input(tensor, argumentNames, byName));
        });
    return function.build();
  }

  private static DataType type(NodeDef node) {
    for (String key : List.of("DstT", "T", "dtype")) {
      if (node.getAttrMap().containsKey(key)) {
        return node.getAttrMap().get(key).getType();
      }
    }
    return DataType.DT_FLOAT;
  }

  private String input(String written, Map<String, String> arguments, Map<String, NodeDef> nodes) {
    if (TensorName.isControl(written)) {
      return written;
    }
    TensorName tensor = TensorName.parse(written);
    if (arguments.containsKey(tensor.node())) {
      return arguments.get(tensor.node());
    }
    NodeDef maker = nodes.get(tensor.node());
    int left = tensor.index();
    for (OpDef.ArgDef output : registry.find(maker.getOp()).orElseThrow().getOutputArgList()) {
      int count = OperationRegistry.count(output, maker.getAttrMap(), maker.getName());
      if (left < count) {
        return tensor.node() + ":" + output.getName() + ":" + left;
      }
      left -= count;
    }
    throw new IllegalArgumentException(written);
  }

  /** A call of a function. */
  static NodeDef call(String name, FunctionDef function, List<String> inputs) {
    AttrValue.Builder in = AttrValue.newBuilder();
    in.getListBuilder();
    function
        .getSignature()
        .getInputArgList()
        .forEach(argument -> in.getListBuilder().addType(argument.getType()));
    AttrValue.Builder out = AttrValue.newBuilder();
    out.getListBuilder();
    function
        .getSignature()
        .getOutputArgList()
        .forEach(argument -> out.getListBuilder().addType(argument.getType()));
    NameAttrList called =
        NameAttrList.newBuilder().setName(function.getSignature().getName()).build();
    return Nodes.node("StatefulPartitionedCall", name, inputs.toArray(String[]::new))
        .putAttr("Tin", in.build())
        .putAttr("Tout", out.build())
        .putAttr("f", AttrValue.newBuilder().setFunc(called).build())
        .build();
  }
}
