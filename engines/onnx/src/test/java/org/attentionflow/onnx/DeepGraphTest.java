package org.attentionflow.onnx;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.attentionflow.onnx.graph.ElementType;
import org.attentionflow.onnx.graph.Graph;
import org.attentionflow.onnx.graph.ModelFile;
import org.attentionflow.onnx.graph.ShapeProbe;
import org.attentionflow.onnx.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs with very many operators in a row, and with ways that part and join again. */
class DeepGraphTest {
  private static final String GOLDEN = "bert-eager-legacy";
  private static final int DEPTH = 50_000;
  private static final String COPY = "/copy";

  @TempDir Path folder;

  private static ModelProto golden() throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(Goldens.file(GOLDEN)));
  }

  private Path write(ModelProto model) throws IOException {
    return Files.write(folder.resolve("model.onnx"), model.toByteArray());
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  /** A row of nodes that copy a tensor; returns the name of the last copy. */
  private static String copies(GraphProto.Builder graph, String from) {
    String last = from;
    for (int i = 0; i < DEPTH; i++) {
      String next = from + COPY + i;
      graph.addNode(node("Identity", next, last));
      last = next;
    }
    return last;
  }

  /** Adds nodes behind the first node of an operator; its readers read their result. */
  private static ModelProto behindFirst(
      ModelProto model, String operator, BiFunction<GraphProto.Builder, String, String> add) {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearNode();
    String replaced = "";
    String by = "";
    for (NodeProto node : model.getGraph().getNodeList()) {
      NodeProto.Builder changed = node.toBuilder();
      for (int i = 0; i < node.getInputCount() && !replaced.isEmpty(); i++) {
        if (node.getInput(i).equals(replaced)) {
          changed.setInput(i, by);
        }
      }
      graph.addNode(changed);
      if (replaced.isEmpty() && Graph.is(node, operator)) {
        replaced = node.getOutput(0);
        by = add.apply(graph, replaced);
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }

  /** With what is known of the original's tensors; the runtime would take its time with so many. */
  private static Graph graph(ModelProto deep) throws IOException {
    Map<String, Value> values =
        new HashMap<>(ShapeProbe.of(golden(), Path.of("").toAbsolutePath()).values());
    for (NodeProto node : deep.getGraph().getNodeList()) {
      if (node.getOutput(0).contains(COPY)) {
        values.put(node.getOutput(0), values.get(node.getInput(0)).named(node.getOutput(0)));
      }
    }
    return Graph.of(deep, values);
  }

  @Test
  void aVeryLongWayFromTheSoftmaxToTheValues() throws IOException {
    ModelProto deep = behindFirst(golden(), "Softmax", DeepGraphTest::copies);
    List<AttentionTensor> layers = new AttentionFinder(graph(deep)).find(3);
    assertEquals(3, layers.size());
    assertTrue(layers.get(0).value().name().endsWith(COPY + (DEPTH - 1)));
    String reason = layers.get(0).reason();
    assertTrue(reason.contains("after " + (DEPTH - 8) + " operators and Identity"), reason);
    assertTrue(reason.length() < 500, reason);
  }

  @Test
  void indicesThatAreCopiedVeryOften() throws IOException {
    GraphProto.Builder graph = golden().getGraph().toBuilder();
    String last = copies(graph, "input_ids");
    ModelProto deep = golden().toBuilder().setGraph(graph).build();
    assertEquals("input_ids", OpenModel.source(graph(deep), last));
  }

  /** A choice between two tensors that both depend on the input hands on neither. */
  @Test
  void waysThatPartAndJoinAgain() throws IOException {
    ModelProto diamonds =
        behindFirst(
            golden(),
            "Softmax",
            (graph, from) -> {
              graph.addInitializer(
                  TensorProto.newBuilder()
                      .setName("yes")
                      .setDataType(ElementType.BOOL.code())
                      .addInt32Data(1));
              String last = from;
              for (int i = 0; i < 60; i++) {
                graph.addNode(node("Identity", "left" + i, last));
                graph.addNode(node("Identity", "right" + i, last));
                graph.addNode(node("Where", "joined" + i, "yes", "left" + i, "right" + i));
                last = "joined" + i;
              }
              return last;
            });
    ModelFile file = ModelFile.read(write(diamonds));
    assertRefused(
        () -> Classifier.read(file, 3, List.of()),
        "2 tensors look like attention",
        "reaches no product with values");
    String joined = "joined59";
    List<String> names =
        Classifier.read(file, 2, List.of()).attention().stream()
            .map(tensor -> tensor.value().name())
            .toList();
    List<String> all = List.of(joined, names.get(0), names.get(1));
    assertEquals(3, Classifier.read(file, 3, all).attention().size());
  }
}
