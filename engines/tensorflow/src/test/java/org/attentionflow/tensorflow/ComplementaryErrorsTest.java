package org.attentionflow.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/** erfc by way of erf, in every type that TensorFlow computes it in. */
class ComplementaryErrorsTest {
  /** The values are those of tables of the function. */
  @ParameterizedTest
  @CsvSource({
    "DT_FLOAT,0.5,0.479500122,1e-7",
    "DT_DOUBLE,-1,1.842700793,1e-7",
    "DT_HALF,0.5,0.479500122,1e-3",
    "DT_HALF,2.5,0.000406952,1e-6",
    "DT_BFLOAT16,-1,1.842700793,1e-2",
    "DT_BFLOAT16,2.5,0.000406952,2e-6"
  })
  void isOneLessTheErrorFunction(DataType type, float x, double expected, double tolerance) {
    NodeDef constant = Nodes.scalar("x", x);
    NodeDef cast =
        Nodes.node("Cast", "cast", "x")
            .putAttr("SrcT", Nodes.type(DataType.DT_FLOAT))
            .putAttr("DstT", Nodes.type(type))
            .build();
    NodeDef erfc = Nodes.node("Erfc", "erfc", "cast").putAttr("T", Nodes.type(type)).build();
    NodeDef back =
        Nodes.node("Cast", "back", "erfc")
            .putAttr("SrcT", Nodes.type(type))
            .putAttr("DstT", Nodes.type(DataType.DT_FLOAT))
            .build();
    Map<String, NodeDef> nodes = new LinkedHashMap<>();
    List.of(constant, cast, erfc, back).forEach(node -> nodes.put(node.getName(), node));
    FlatGraph replaced = ComplementaryErrors.replaced(FlatGraph.of(nodes, tensor -> tensor));
    assertTrue(replaced.nodes().stream().noneMatch(node -> node.getOp().equals("Erfc")));
    try (Graph graph = new Graph()) {
      graph.importGraphDef(GraphDef.newBuilder().addAllNode(replaced.nodes()).build());
      try (Session session = new Session(graph);
          TFloat32 result = (TFloat32) session.runner().fetch("back").run().get(0)) {
        assertEquals(expected, result.getFloat(), tolerance);
      }
    }
  }
}
