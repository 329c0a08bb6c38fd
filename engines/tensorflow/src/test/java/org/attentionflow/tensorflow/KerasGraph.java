package org.attentionflow.tensorflow;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorProto;

/**
 * What Keras makes of a graph when it saves it: every layer is a function of its own, reads of
 * variables are waited for, ids are asserted to be in the vocabulary before they are looked up, and
 * attributes that have their default value are left out.
 */
final class KerasGraph {
  private final List<OpDef> known = NativeLibrary.operations();
  private final List<FunctionDef> functions = new ArrayList<>();

  /** The functions that were made so far. */
  List<FunctionDef> functions() {
    return functions;
  }

  private FunctionWriter writer() {
    return new FunctionWriter(new OperationRegistry(known, functions));
  }

  /** Lets lookups of the ids wait for an assertion that they are below a limit. */
  void assertIdsBelow(ClassifierGraph graph, String ids, int limit) {
    graph.scope("assert_less");
    Map<String, AttrValue> ints = Map.of("T", Nodes.type(DataType.DT_INT32));
    String bound = graph.number(limit);
    String less = graph.op("Less", ints, ids, bound);
    Map<String, AttrValue> all = Map.of("Tidx", Nodes.type(DataType.DT_INT32));
    String condition = graph.op("All", all, less, graph.ints(0, 1));
    functions.add(branch("assert_less_Assert_AssertGuard_true_1", false));
    functions.add(branch("assert_less_Assert_AssertGuard_false_2", true));
    AttrValue.Builder types = AttrValue.newBuilder();
    types.getListBuilder().addType(DataType.DT_BOOL).addType(DataType.DT_INT32);
    AttrValue.Builder result = AttrValue.newBuilder();
    result.getListBuilder().addType(DataType.DT_BOOL);
    String guard =
        graph.op(
            "If",
            Map.of(
                "Tcond", Nodes.type(DataType.DT_BOOL),
                "Tin", types.build(),
                "Tout", result.build(),
                "_lower_using_switch_merge", Nodes.flag(true),
                "then_branch", called("assert_less_Assert_AssertGuard_true_1"),
                "else_branch", called("assert_less_Assert_AssertGuard_false_2")),
            condition,
            condition,
            ids);
    String passed = graph.op("Identity", Map.of("T", Nodes.type(DataType.DT_BOOL)), guard);
    for (NodeDef node : graph.nodes()) {
      if (node.getOp().equals("ResourceGather")) {
        graph.waits(node.getName(), passed);
      }
    }
  }

  private static AttrValue called(String function) {
    return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build();
  }

  /** Returns the condition; the branch for a condition that does not hold asserts it. */
  private FunctionDef branch(String name, boolean asserts) {
    GraphBuilder body = new GraphBuilder();
    String condition = body.placeholder("condition", DataType.DT_BOOL);
    String data = body.placeholder("data", DataType.DT_INT32);
    Map<String, DataType> arguments = new LinkedHashMap<>();
    arguments.put(condition, DataType.DT_BOOL);
    arguments.put(data, DataType.DT_INT32);
    AttrValue.Builder types = AttrValue.newBuilder();
    types.getListBuilder().addType(DataType.DT_STRING).addType(DataType.DT_INT32);
    String done =
        asserts
            ? body.op(
                "Assert",
                Map.of("T", types.build(), "summarize", Nodes.number(3)),
                condition,
                body.constant(text("ids are too large")),
                data)
            : body.op("NoOp", Map.of());
    String same = body.op("Identity", Map.of("T", Nodes.type(DataType.DT_BOOL)), condition);
    body.waits(same, done);
    return writer().function(name, body.nodes(), arguments, Map.of("identity", same));
  }

  private static TensorProto text(String text) {
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_STRING)
        .setTensorShape(Nodes.shapeOf())
        .addStringVal(ByteString.copyFromUtf8(text))
        .build();
  }

  /**
   * Puts a call in place of the nodes whose names begin with a scope.
   *
   * @return all nodes that are left, the call among them
   */
  List<NodeDef> outlined(List<NodeDef> nodes, String scope) {
    Map<String, NodeDef> inside = new LinkedHashMap<>();
    Map<String, NodeDef> outside = new LinkedHashMap<>();
    nodes.forEach(
        node ->
            (node.getName().startsWith(scope + "/") ? inside : outside).put(node.getName(), node));
    Map<String, DataType> arguments = new LinkedHashMap<>();
    for (NodeDef node : inside.values()) {
      for (TensorName input : FlatGraph.inputs(node)) {
        if (outside.containsKey(input.node())) {
          arguments.put(input.node(), type(outside.get(input.node())));
        }
      }
    }
    Set<String> read = new HashSet<>();
    outside.values().forEach(node -> FlatGraph.inputs(node).forEach(in -> read.add(in.node())));
    String last =
        inside.keySet().stream().filter(read::contains).reduce(this::refuse).orElseThrow();
    List<NodeDef> body = new ArrayList<>(inside.values());
    NodeDef.Builder reads = Nodes.node("NoOp", scope + "/NoOp");
    inside.values().stream()
        .filter(node -> node.getOp().equals("ReadVariableOp"))
        .forEach(node -> reads.addInput("^" + node.getName()));
    body.add(reads.build());
    String result = scope + "/Identity_result";
    body.add(
        Nodes.node("Identity", result, last, "^" + reads.getName())
            .putAttr("T", Nodes.type(DataType.DT_FLOAT))
            .build());
    FunctionDef function =
        writer()
            .function(
                "__inference_" + scope.replace('/', '_') + "_call_fn",
                body,
                arguments,
                Map.of("identity", result));
    functions.add(function.toBuilder().putControlRet("NoOp", reads.getName()).build());
    List<NodeDef> left = new ArrayList<>();
    for (NodeDef node : outside.values()) {
      NodeDef.Builder changed = node.toBuilder().clearInput();
      node.getInputList().forEach(in -> changed.addInput(in.equals(last) ? scope : in));
      left.add(changed.build());
    }
    left.add(FunctionWriter.call(scope, function, List.copyOf(arguments.keySet())));
    return left;
  }

  private String refuse(String first, String second) {
    throw new IllegalArgumentException("two results: " + first + " and " + second);
  }

  private static DataType type(NodeDef node) {
    if (node.getOp().equals("VarHandleOp")) {
      return DataType.DT_RESOURCE;
    }
    return switch (node.getOp()) {
      case "NotEqual" -> DataType.DT_BOOL;
      default -> DataType.DT_FLOAT;
    };
  }

  /** The same graph as a later TensorFlow writes it, without attributes of default value. */
  GraphDef stripped(GraphDef graph) {
    Map<String, OpDef> operations = new LinkedHashMap<>();
    known.forEach(operation -> operations.put(operation.getName(), operation));
    GraphDef.Builder result = graph.toBuilder();
    result.getVersionsBuilder().setProducer(2087);
    result.getNodeBuilderList().forEach(node -> strip(node, operations));
    result
        .getLibraryBuilder()
        .getFunctionBuilderList()
        .forEach(f -> f.getNodeDefBuilderList().forEach(node -> strip(node, operations)));
    return result.build();
  }

  private static void strip(NodeDef.Builder node, Map<String, OpDef> operations) {
    OpDef operation = operations.get(node.getOp());
    for (OpDef.AttrDef attribute : operation.getAttrList()) {
      boolean isDefault =
          attribute.hasDefaultValue()
              && attribute.getDefaultValue().equals(node.getAttrMap().get(attribute.getName()));
      if (isDefault) {
        node.removeAttr(attribute.getName());
      }
    }
  }
}
