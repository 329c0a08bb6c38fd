package org.attentionflow.tensorflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * The complementary error function, which Keras 3 makes the exact GELU of, x/2 · erfc(−x/√2), and
 * which TensorFlow's C API has no gradient for. It is computed as 1 − erf, which has one; where
 * erfc is small that differs by a rounding of 1, in 32 bits for types of 16.
 */
final class ComplementaryErrors {
  private static final String OPERATION = "Erfc";

  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
  private final FlatGraph graph;

  private ComplementaryErrors(FlatGraph graph) {
    this.graph = graph;
  }

  /** A graph without them. */
  static FlatGraph replaced(FlatGraph graph) {
    ComplementaryErrors replaced = new ComplementaryErrors(graph);
    for (NodeDef node : graph.nodes()) {
      if (node.getOp().equals(OPERATION)) {
        replaced.replace(node);
      } else {
        replaced.add(node);
      }
    }
    return FlatGraph.of(replaced.nodes, graph::tensor);
  }

  private void replace(NodeDef node) {
    DataType type = node.getAttrMap().getOrDefault("T", Nodes.type(DataType.DT_FLOAT)).getType();
    boolean isNarrow = type == DataType.DT_HALF || type == DataType.DT_BFLOAT16;
    DataType computed = isNarrow ? DataType.DT_FLOAT : type;
    String from = node.getInput(0);
    if (isNarrow) {
      from = add(cast(unused(node, "wide"), from, type, computed));
    }
    NodeDef.Builder erf =
        node.toBuilder().setOp("Erf").setName(unused(node, "erf")).setInput(0, from);
    erf.putAttr("T", Nodes.type(computed));
    add(erf.build());
    String one = add(one(unused(node, "one"), computed));
    String name = isNarrow ? unused(node, "difference") : node.getName();
    add(Nodes.node("Sub", name, one, erf.getName()).putAttr("T", Nodes.type(computed)).build());
    if (isNarrow) {
      add(cast(node.getName(), name, computed, type));
    }
  }

  private String add(NodeDef node) {
    nodes.put(node.getName(), node);
    return node.getName();
  }

  /** A name that no node has. */
  private String unused(NodeDef node, String what) {
    String name = node.getName() + "/attention_flow/" + what;
    while (graph.contains(name)) {
      name += "_";
    }
    return name;
  }

  private static NodeDef cast(String name, String from, DataType type, DataType to) {
    return Nodes.node("Cast", name, from)
        .putAttr("SrcT", Nodes.type(type))
        .putAttr("DstT", Nodes.type(to))
        .build();
  }

  private static NodeDef one(String name, DataType type) {
    TensorProto.Builder one =
        TensorProto.newBuilder().setDtype(type).setTensorShape(Nodes.shapeOf());
    boolean isDouble = type == DataType.DT_DOUBLE;
    return Nodes.constant(name, (isDouble ? one.addDoubleVal(1) : one.addFloatVal(1)).build());
  }
}
