package org.attentionflow.onnx;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.testkit.Close;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged or made to do harm: one line each, and the process goes on. */
class HostileFileTest {
  private static final String GOLDEN = "bert-eager-legacy";
  private static final String WEIGHT = "m.classifier.weight";

  @TempDir Path folder;

  private Path file;
  private byte[] bytes;
  private ModelProto model;

  @BeforeEach
  void read() throws IOException {
    file = folder.resolve("model.onnx");
    bytes = Files.readAllBytes(Goldens.file(GOLDEN));
    model = ModelProto.parseFrom(bytes);
  }

  private void open() {
    OnnxEngine.openSession(file, EngineSettings.defaults()).close();
  }

  private void refuses(byte[] content, String... parts) throws IOException {
    Files.write(file, content);
    assertRefused(this::open, parts);
  }

  private void refuses(Consumer<ModelProto.Builder> change, String... parts) throws IOException {
    ModelProto.Builder changed = model.toBuilder();
    change.accept(changed);
    refuses(changed.build().toByteArray(), parts);
  }

  private void refusesGraph(Consumer<GraphProto.Builder> change, String... parts)
      throws IOException {
    refuses(changed -> change.accept(changed.getGraphBuilder()), parts);
  }

  private static int weight(GraphProto.Builder graph, String name) {
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      if (graph.getInitializer(i).getName().equals(name)) {
        return i;
      }
    }
    throw new AssertionError(name);
  }

  private static int node(GraphProto.Builder graph, String operator) {
    for (int i = 0; i < graph.getNodeCount(); i++) {
      if (graph.getNode(i).getOpType().equals(operator)) {
        return i;
      }
    }
    throw new AssertionError(operator);
  }

  @Test
  void filesThatAreNoModels() throws IOException {
    refuses(new byte[0], "model.onnx", "no graph");
    refuses("a text, not a model\n".getBytes(StandardCharsets.UTF_8), "model.onnx", "Maybe");
    refuses(
        "version https://git-lfs.github.com/spec/v1\noid sha256:0".getBytes(StandardCharsets.UTF_8),
        "git lfs pull");
    // Field 7, the graph, with a length of 2 GB that is not there.
    refuses(new byte[] {0x3a, -1, -1, -1, -1, 7, 0}, "not an ONNX model");
    Files.delete(file);
    assertRefused(this::open, "does not exist");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(
        () -> OnnxEngine.openSession(empty, EngineSettings.defaults()).close(), "no ONNX graph");
  }

  @Test
  void truncatedFiles() throws IOException {
    for (int part = 0; part < 24; part++) {
      refuses(Arrays.copyOf(bytes, (int) ((long) bytes.length * part / 24)), "model.onnx");
    }
    refuses(Arrays.copyOf(bytes, bytes.length - 1), "model.onnx", "Maybe");
  }

  /** Whatever happens to be the result, it is a model or a refusal of one line. */
  @Test
  void flippedBits() throws IOException {
    long seed = 20;
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      byte[] damaged = bytes.clone();
      // The names and nodes lie in front, the weights behind.
      int limit = i % 2 == 0 ? bytes.length / 8 : bytes.length;
      for (int flip = 0; flip < 3; flip++) {
        damaged[random.nextInt(limit)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      try (OnnxSession session = OnnxEngine.openSession(file, EngineSettings.defaults())) {
        TokenSequence input = session.sequence(new int[] {2, 7, 3});
        session.capture(List.of(input), CaptureRequest.attentionAndGradient(new Target.Index(0)));
      } catch (UnusableInputException | InsufficientMemoryException refusal) {
        refused++;
        String message = String.valueOf(refusal.getMessage());
        assertEquals(1, message.lines().count(), "seed " + seed + ": " + message);
      }
    }
    assertTrue(refused > 0, "no damage was noticed");
  }

  @Test
  void graphsThatAreOutOfOrder() throws IOException {
    refusesGraph(
        graph -> {
          NodeProto.Builder first = graph.getNodeBuilder(node(graph, "MatMul"));
          int last = node(graph, "Gemm");
          first.setInput(0, graph.getNode(last).getOutput(0));
        },
        "depends on itself",
        "circle");
    refusesGraph(graph -> graph.removeInitializer(weight(graph, WEIGHT)), "reads '" + WEIGHT + "'");
    refusesGraph(
        graph -> graph.addInitializer(graph.getInitializer(weight(graph, WEIGHT))),
        "'" + WEIGHT + "' is twice");
    refusesGraph(graph -> graph.addNode(graph.getNode(node(graph, "Erf"))), "is twice");
    refusesGraph(graph -> graph.getOutputBuilder(0).setName("nothing"), "no node makes");
    refusesGraph(GraphProto.Builder::clearOutput, "no outputs");
  }

  @Test
  void aGraphWhoseNodesAreShuffledIsSorted() throws IOException {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearNode();
    for (int i = model.getGraph().getNodeCount() - 1; i >= 0; i--) {
      graph.addNode(model.getGraph().getNode(i));
    }
    Files.write(file, model.toBuilder().setGraph(graph).build().toByteArray());
    try (OnnxSession shuffled = OnnxEngine.openSession(file, EngineSettings.defaults());
        OnnxSession session = Goldens.open(GOLDEN)) {
      TokenSequence input = session.sequence(new int[] {2, 7, 3});
      float[] expected = session.logits(List.of(input)).get(0);
      Close.assertClose("logits", expected, shuffled.logits(List.of(input)).get(0), 1e-6, 1e-6);
    }
  }

  @Test
  void claimsThatAreNotTrue() throws IOException {
    refusesGraph(
        graph ->
            graph
                .getInitializerBuilder(weight(graph, WEIGHT))
                .clearDims()
                .addDims(1L << 29)
                .addDims(1),
        WEIGHT,
        "as many elements as its shape says");
    refusesGraph(
        graph ->
            graph
                .getInitializerBuilder(weight(graph, WEIGHT))
                .clearDims()
                .addDims(Long.MAX_VALUE)
                .addDims(Long.MAX_VALUE),
        WEIGHT);
    refusesGraph(
        graph -> graph.getInitializerBuilder(weight(graph, WEIGHT)).clearDims().addDims(-144),
        WEIGHT);
    refusesGraph(
        graph -> graph.getInitializerBuilder(weight(graph, WEIGHT)).clearDims().addDims(144),
        "ONNX Runtime");
    refuses(changed -> changed.getOpsetImportBuilder(0).setVersion(10), "version 10", "11 to 21");
    refuses(changed -> changed.getOpsetImportBuilder(0).setVersion(99), "version 99", "11 to 21");
    refuses(ModelProto.Builder::clearOpsetImport, "which operator set");
    refuses(
        changed -> changed.addFunctions(FunctionProto.newBuilder().setName("f")),
        "functions of its own (f)");
  }

  @Test
  void operatorsThatNobodyKnows() throws IOException {
    refusesGraph(
        graph -> graph.getNodeBuilder(node(graph, "Erf")).setOpType("Nonsense"), "Nonsense");
    refusesGraph(
        graph -> graph.getNodeBuilder(node(graph, "Erf")).setDomain("com.example"),
        "com.example",
        "no version");
    refuses(
        changed -> {
          changed.addOpsetImport(
              OperatorSetIdProto.newBuilder().setDomain("com.example").setVersion(1));
          GraphProto.Builder graph = changed.getGraphBuilder();
          graph.getNodeBuilder(node(graph, "Erf")).setDomain("com.example");
        },
        "com.example");
  }

  /** Messages of the library repeat names. */
  @Test
  void namesWithoutEnd() throws IOException {
    ModelProto.Builder changed = model.toBuilder();
    GraphProto.Builder graph = changed.getGraphBuilder();
    graph.getNodeBuilder(node(graph, "Erf")).setOpType("No\nsuch" + "x".repeat(100_000));
    Files.write(file, changed.build().toByteArray());
    UnusableInputException refusal = assertRefused(this::open, "No such");
    assertTrue(refusal.getMessage().length() < 1000, "length " + refusal.getMessage().length());
  }

  @Test
  void graphsInsideGraphsInsideGraphs() throws IOException {
    GraphProto inner = GraphProto.newBuilder().setName("g").build();
    for (int depth = 0; depth < 400; depth++) {
      AttributeProto attribute =
          AttributeProto.newBuilder()
              .setName("then_branch")
              .setType(AttributeProto.AttributeType.GRAPH)
              .setG(inner)
              .build();
      inner =
          GraphProto.newBuilder()
              .setName("g")
              .addNode(
                  NodeProto.newBuilder()
                      .setOpType("If")
                      .addInput("c")
                      .addOutput("o" + depth)
                      .addAttribute(attribute))
              .build();
    }
    refuses(ModelProto.newBuilder().setGraph(inner).build().toByteArray(), "model.onnx");
  }

  @Test
  void weightsInFilesElsewhere() throws IOException {
    refusesGraph(graph -> external(graph, "../secret.bin", "0"), "../secret.bin", "not in its");
    refusesGraph(graph -> external(graph, "/etc/hostname", "0"), "not in its folder");
    refusesGraph(graph -> external(graph, "weights.bin", "0"), "weights.bin", "not in its folder");
    refusesGraph(graph -> external(graph, "weights\0.bin", "0"), "not in its folder");
    Files.write(folder.resolve("weights.bin"), new byte[100]);
    refusesGraph(graph -> external(graph, "weights.bin", "0"), "100 bytes, too few");
    refusesGraph(graph -> external(graph, "weights.bin", "-8"), "too few");
    refusesGraph(graph -> external(graph, "weights.bin", "x"), "does not say where");
  }

  @Test
  void weightsInAFileBesideAreRead() throws IOException {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    int index = weight(graph, WEIGHT);
    Files.write(
        folder.resolve("weights.bin"), graph.getInitializer(index).getRawData().toByteArray());
    external(graph, "weights.bin", "0");
    Files.write(file, model.toBuilder().setGraph(graph).build().toByteArray());
    try (OnnxSession apart = OnnxEngine.openSession(file, EngineSettings.defaults());
        OnnxSession session = Goldens.open(GOLDEN)) {
      TokenSequence input = session.sequence(new int[] {2, 7, 3});
      float[] expected = session.logits(List.of(input)).get(0);
      Close.assertClose("logits", expected, apart.logits(List.of(input)).get(0), 1e-6, 1e-6);
      assertEquals(List.of("model.onnx", "weights.bin"), List.copyOf(apart.digests().keySet()));
    }
  }

  private static void external(GraphProto.Builder graph, String location, String offset) {
    TensorProto.Builder tensor = graph.getInitializerBuilder(weight(graph, WEIGHT));
    tensor.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
    tensor.addExternalData(
        StringStringEntryProto.newBuilder().setKey("location").setValue(location));
    tensor.addExternalData(StringStringEntryProto.newBuilder().setKey("offset").setValue(offset));
  }

  @Test
  void inputsAndOutputsOfWrongRanks() throws IOException {
    refusesGraph(
        graph ->
            graph
                .getOutputBuilder(0)
                .setName(graph.getNode(node(graph, "LayerNormalization")).getOutput(0))
                .clearType()
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(1),
        "no single output with logits");
    refusesGraph(
        graph -> {
          for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto.Builder changed = graph.getNodeBuilder(i);
            for (int j = 0; j < changed.getInputCount(); j++) {
              if (changed.getInput(j).equals("attention_mask")) {
                changed.setInput(j, "pixel_values");
              }
            }
          }
          graph.getInputBuilder(1).setName("pixel_values");
        },
        "pixel_values",
        "unknown use");
  }
}
