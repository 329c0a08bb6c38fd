package org.attentionflow.tensorflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * The complementary error function, which Keras 3 makes the exact GELU of, x/2 · erfc(−x/√2), and
 * which TensorFlow's C API has no gradient for. It is computed as 1 − erf, which has one; where
 * erfc is small that differs by a rounding of 1.
 */
final class ComplementaryErrors {
  private static final String OPERATION = "Erfc";

  private ComplementaryErrors() {}

  /** A graph without them. */
  static FlatGraph replaced(FlatGraph graph) {
    Map<String, NodeDef> nodes = new LinkedHashMap<>();
    for (NodeDef node : graph.nodes()) {
      if (node.getOp().equals(OPERATION)) {
        String name = node.getName() + "/attention_flow/";
        AttrValue type = node.getAttrMap().getOrDefault("T", Nodes.type(DataType.DT_FLOAT));
        add(nodes, one(name + "one", type.getType()));
        add(nodes, node.toBuilder().setOp("Erf").setName(name + "erf").build());
        add(
            nodes,
            Nodes.node("Sub", node.getName(), name + "one", name + "erf")
                .putAttr("T", type)
                .build());
      } else {
        add(nodes, node);
      }
    }
    return FlatGraph.of(nodes, graph::tensor);
  }

  private static void add(Map<String, NodeDef> nodes, NodeDef node) {
    nodes.put(node.getName(), node);
  }

  private static NodeDef one(String name, DataType type) {
    TensorProto.Builder one =
        TensorProto.newBuilder().setDtype(type).setTensorShape(Nodes.shapeOf());
    return switch (type) {
      case DT_DOUBLE -> Nodes.constant(name, one.addDoubleVal(1).build());
      case DT_HALF -> Nodes.constant(name, one.addHalfVal(0x3C00).build());
      case DT_BFLOAT16 -> Nodes.constant(name, one.addHalfVal(0x3F80).build());
      default -> Nodes.constant(name, one.addFloatVal(1).build());
    };
  }
}
