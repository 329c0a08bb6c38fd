package org.attentionflow.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.stream.IntStream;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Target;
import org.attentionflow.onnx.graph.EarlySelection;
import org.attentionflow.onnx.graph.Graph;
import org.attentionflow.onnx.graph.ModelFile;
import org.attentionflow.onnx.graph.Value;
import org.attentionflow.onnx.graph.ValueShape;
import org.attentionflow.testkit.Close;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What of the last layer is computed for the first token alone. */
class EarlySelectionTest {
  /** Relative to the largest number: the products have other numbers of rows, of at most 256. */
  private static final double ROUNDING = 256 * Math.ulp(1f);

  static List<String> names() {
    return Goldens.names();
  }

  private static Classifier read(String name) {
    return Classifier.read(ModelFile.read(Goldens.file(name)), 0, List.of());
  }

  /** Both feed-forward products and the one behind the attention; never those before it. */
  @ParameterizedTest
  @MethodSource("names")
  void narrowsTheLastFeedForwardNetwork(String name) {
    Classifier classifier = read(name);
    Graph narrowed = classifier.withoutStates().graph();
    List<NodeProto> products =
        narrowed.nodes().stream()
            .filter(node -> Graph.is(node, "MatMul"))
            .filter(node -> isForOneToken(narrowed.value(node.getOutput(0))))
            .toList();
    assertEquals(3, products.size());
    // Besides the attention's output, the state that it is added to.
    assertEquals(classifier.graph().nodes().size() + 2, narrowed.nodes().size());
    for (AttentionTensor layer : classifier.attention()) {
      Value attention = narrowed.value(layer.value().name());
      assertEquals(layer.value(), attention);
    }
  }

  private static boolean isForOneToken(Value value) {
    return value.rank() == 3 && value.shape().map(shape -> shape.size(1).equals("1")).orElseThrow();
  }

  /** A graph that returns hidden states is not narrowed: two ways to the same numbers. */
  @ParameterizedTest
  @MethodSource("names")
  void agreesWithTheWholeGraph(String name) {
    try (OnnxSession session = Goldens.open(name)) {
      List<TokenSequence> inputs =
          List.of(session.sequence(new int[] {2, 7, 11, 13, 3}), session.sequence(ids(23)));
      List<Capture> whole =
          session.capture(inputs, RecordedCheckpoint.everything(Target.predicted()));
      List<Capture> narrowed =
          session.capture(inputs, CaptureRequest.attentionAndGradient(Target.predicted()));
      for (int i = 0; i < inputs.size(); i++) {
        assertSimilar(whole.get(i).logits(), narrowed.get(i).logits());
        for (int layer = 0; layer < session.model().layerCount(); layer++) {
          AttentionLayer expected = whole.get(i).attention(AttentionKind.ENCODER).get(layer);
          AttentionLayer actual = narrowed.get(i).attention(AttentionKind.ENCODER).get(layer);
          assertSimilar(expected.attention().values(), actual.attention().values());
          assertSimilar(
              expected.gradient().orElseThrow().values(), actual.gradient().orElseThrow().values());
        }
      }
    }
  }

  private static int[] ids(int count) {
    return IntStream.range(0, count).map(i -> 5 + 3 * i % 40).toArray();
  }

  private static void assertSimilar(float[] expected, float[] actual) {
    double largest = Close.largestDifference(expected, new float[expected.length]);
    assertTrue(largest > 0);
    Close.assertClose("value", expected, actual, ROUNDING * largest, 0);
  }

  /** Somebody may read what stands there for the other tokens. */
  @Test
  void leavesOutputsAlone() {
    Graph graph = read("bert-eager-legacy").graph();
    NodeProto selection =
        graph.nodes().stream()
            .filter(node -> node.getOutputCount() == 1 && Graph.is(node, "Gather"))
            .filter(node -> graph.value(node.getInput(0)).rank() == 3)
            .reduce((first, second) -> second)
            .orElseThrow();
    ModelProto.Builder exposed = graph.model().toBuilder();
    exposed.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(selection.getInput(0)));
    Graph changed = Graph.of(exposed.build(), graph.values());
    assertSame(changed, EarlySelection.apply(changed));
    assertNotEquals(graph, EarlySelection.apply(graph));
  }

  /** Old exporters compute sizes in the graph, where the runtime does not follow them. */
  @Test
  void knowsTheSizesOfAnExportByTracing() {
    Classifier classifier = read("bert-eager-legacy");
    List<String> sizes = classifier.roles().ids().shape().orElseThrow().sizes();
    String tokens = sizes.get(1);
    assertNotEquals(ValueShape.UNKNOWN, tokens);
    for (AttentionTensor layer : classifier.attention()) {
      ValueShape shape = layer.value().shape().orElseThrow();
      assertEquals(List.of(tokens, tokens), shape.last(2));
      assertEquals(sizes.get(0), shape.size(0));
    }
  }
}
