package org.attentionflow.onnx;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.onnx.gradient.GradientRules;
import org.attentionflow.onnx.graph.Attributes;
import org.attentionflow.onnx.graph.Constants;
import org.attentionflow.onnx.graph.ElementType;
import org.attentionflow.onnx.graph.ModelFile;
import org.attentionflow.onnx.rule.AddRule;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.testkit.Close;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models in 16 and 8 bits, in an old operator set, and what is asked of them in vain. */
class VariantTest {
  private static final int[] IDS = {2, 7, 11, 13, 3};

  @TempDir Path folder;

  private static ModelProto golden() throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(Goldens.file("bert-eager-legacy")));
  }

  private OnnxSession open(ModelProto model) throws IOException {
    return OnnxEngine.openSession(write(model), EngineSettings.defaults());
  }

  private Path write(ModelProto model) throws IOException {
    return Files.write(folder.resolve("model.onnx"), model.toByteArray());
  }

  private static Capture capture(OnnxSession session) {
    TokenSequence input = session.sequence(IDS);
    return session
        .capture(List.of(input), RecordedCheckpoint.everything(new Target.Index(1)))
        .get(0);
  }

  /** The tolerance is relative to the largest number of each kind. */
  private static void assertAgree(Capture expected, Capture actual, double tolerance) {
    assertClose("logits", expected.logits(), actual.logits(), tolerance);
    List<AttentionLayer> layers = expected.attention(AttentionKind.ENCODER);
    for (int layer = 0; layer < layers.size(); layer++) {
      AttentionLayer other = actual.attention(AttentionKind.ENCODER).get(layer);
      assertClose(
          "attention of layer " + layer,
          layers.get(layer).attention().values(),
          other.attention().values(),
          tolerance);
      assertClose(
          "gradient of layer " + layer,
          layers.get(layer).gradient().orElseThrow().values(),
          other.gradient().orElseThrow().values(),
          tolerance);
    }
    assertStates(expected.hiddenStates(), actual.hiddenStates(), tolerance);
    assertStates(expected.hiddenStateGradients(), actual.hiddenStateGradients(), tolerance);
  }

  private static void assertStates(
      List<FloatTensor> expected, List<FloatTensor> actual, double tolerance) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertClose("state " + i, expected.get(i).values(), actual.get(i).values(), tolerance);
    }
  }

  private static void assertClose(String what, float[] expected, float[] actual, double tolerance) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    Close.assertClose(what, expected, actual, tolerance * largest, 0);
  }

  /** 16 bits hold 11 binary digits; a hundred roundings in a row come to a few hundredths. */
  @Test
  void sixteenBitsAgreeAsFarAsTheyGo() throws IOException {
    try (OnnxSession half = open(ModelVariants.half(golden()));
        OnnxSession session = Goldens.open("bert-eager-legacy")) {
      Capture actual = capture(half);
      assertAgree(capture(session), actual, 0.05);
    }
  }

  @Test
  void weightsOfEightBitsAreTheirRoundedNumbers() throws IOException {
    Capture expected;
    try (OnnxSession rounded = open(ModelVariants.eightBitWeights(golden(), false))) {
      expected = capture(rounded);
    }
    try (OnnxSession quantised = open(ModelVariants.eightBitWeights(golden(), true))) {
      assertAgree(expected, capture(quantised), 1e-4);
    }
  }

  @Test
  void roundedActivationsHaveAttentionAndNoGradient() throws IOException {
    try (OnnxSession session = open(ModelVariants.eightBitActivations(golden()))) {
      TokenSequence input = session.sequence(IDS);
      CaptureRequest attention =
          new CaptureRequest(Target.predicted(), EnumSet.of(Quantity.ATTENTION));
      assertEquals(
          3,
          session
              .capture(List.of(input), attention)
              .get(0)
              .attention(AttentionKind.ENCODER)
              .size());
      CaptureRequest gradient = CaptureRequest.attentionAndGradient(Target.predicted());
      assertRefused(
          () -> session.capture(List.of(input), gradient),
          "DequantizeLinear",
          "rounded to integers",
          "behind the attention of layer 2",
          "no gradient",
          "Maybe");
    }
  }

  /** Every operator set that is taken, whole: graph, attention, gradients and states. */
  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21})
  void everyOperatorSetGivesTheSame(int version) throws IOException {
    ModelProto model = ModelVariants.opset(golden(), version);
    assertEquals(version, model.getOpsetImport(0).getVersion());
    try (OnnxSession other = open(model);
        OnnxSession session = Goldens.open("bert-eager-legacy")) {
      assertAgree(capture(session), capture(other), 1e-4);
    }
  }

  /** Before 13 a softmax over all axes but the first; in a graph inside, too, it is refused. */
  @Test
  void anOldSoftmaxOverSeveralAxesIsRefusedInGraphsInside() throws IOException {
    for (long axis : List.of(1L, -2L)) {
      ModelFile file = ModelFile.read(write(withInnerSoftmax(axis)));
      assertRefused(
          () -> Classifier.read(file, 3, List.of()),
          "Softmax 'inside' -> chosen runs over the axes from " + axis,
          "operator set 13");
    }
    for (long axis : List.of(3L, -1L)) {
      ModelFile file = ModelFile.read(write(withInnerSoftmax(axis)));
      assertEquals(3, Classifier.read(file, 3, List.of()).attention().size());
    }
  }

  /** Operator set 12 with a choice between a softmax of the first scores and the scores. */
  private static ModelProto withInnerSoftmax(long axis) throws IOException {
    ModelProto.Builder model = ModelVariants.opset(golden(), 12).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    String scores =
        graph.getNodeList().stream()
            .filter(node -> node.getOpType().equals("Softmax"))
            .findFirst()
            .orElseThrow()
            .getInput(0);
    NodeProto softmax =
        NodeProto.newBuilder()
            .setOpType("Softmax")
            .setName("inside")
            .addInput(scores)
            .addOutput("chosen")
            .addAttribute(Attributes.of("axis", axis))
            .build();
    NodeProto plain =
        NodeProto.newBuilder().setOpType("Identity").addInput(scores).addOutput("plain").build();
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("yes")
            .setDataType(ElementType.BOOL.code())
            .addInt32Data(1));
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("If")
            .addInput("yes")
            .addOutput("unused")
            .addAttribute(branch("then_branch", softmax))
            .addAttribute(branch("else_branch", plain)));
    return model.build();
  }

  private static AttributeProto branch(String name, NodeProto node) {
    ValueInfoProto.Builder output = ValueInfoProto.newBuilder().setName(node.getOutput(0));
    output.getTypeBuilder().getTensorTypeBuilder().setElemType(ElementType.FLOAT.code());
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(GraphProto.newBuilder().setName(name).addNode(node).addOutput(output))
        .build();
  }

  @Test
  void anOperatorWithoutARuleIsNamedWithItsPlace() {
    ModelFile file = ModelFile.read(Goldens.file("bert-eager-legacy"));
    Classifier classifier = Classifier.read(file, 3, List.of());
    Instruments gradients = new Instruments(true, false, false, true);
    assertRefused(
        () -> InstrumentedModel.of(classifier, gradients, GradientRules.of(List.of())),
        "no gradient rule for the operator Gemm",
        "/m/classifier/Gemm",
        "behind the attention of layer 2",
        "docs/onnx.md");
  }

  @Test
  void rulesOfTheSameOperatorAreRefused() {
    assertRefused(
        () -> GradientRules.of(List.of(new AddRule(), new AddRule())), "Add", "two gradient rules");
  }

  @Test
  void uncertainAttentionIsRefusedWithTheCandidates() {
    ModelFile file = ModelFile.read(Goldens.file("bert-sdpa-legacy"));
    assertRefused(
        () -> Classifier.read(file, 4, List.of()),
        "3 tensors look like attention",
        "config.json names 4 layers",
        "yes: Softmax",
        "--attention");
    assertRefused(() -> Classifier.read(file, 0, List.of("logits")), "logits is no tensor");
    List<AttentionTensor> found = Classifier.read(file, 3, List.of()).attention();
    List<String> names = found.stream().map(tensor -> tensor.value().name()).toList();
    assertEquals(
        names,
        Classifier.read(file, 0, names).attention().stream()
            .map(tensor -> tensor.value().name())
            .toList());
    assertTrue(found.get(0).reason().contains("after Where, is the left operand of MatMul"));
  }

  @Test
  void fusedAttentionIsRefusedByName() throws IOException {
    ModelProto.Builder fused = golden().toBuilder();
    fused.addOpsetImportBuilder().setDomain("com.microsoft").setVersion(1);
    GraphProto.Builder graph = fused.getGraphBuilder();
    NodeProto softmax =
        graph.getNodeList().stream()
            .filter(node -> node.getOpType().equals("Softmax"))
            .findFirst()
            .orElseThrow();
    graph.addNode(
        NodeProto.newBuilder()
            .setDomain("com.microsoft")
            .setOpType("MultiHeadAttention")
            .setName("fused")
            .addAllInput(Collections.nCopies(3, "state"))
            .addOutput("unused")
            .addAttribute(Attributes.of("num_heads", 4L)));
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Reshape")
            .addInput(softmax.getOutput(0))
            .addInput("sizes")
            .addOutput("state"));
    graph.addInitializer(Constants.longs("sizes", 1, -1, 48));
    assertRefused(
        () -> open(fused.build()).close(), "com.microsoft.MultiHeadAttention 'fused'", "Maybe");
  }

  @Test
  void foldersAreRecognised() throws IOException {
    OnnxEngine engine = new OnnxEngine();
    Path model = Files.createDirectory(folder.resolve("folder"));
    assertTrue(!engine.accepts(model) && !engine.accepts(folder.resolve("none.onnx")));
    Path inner = Files.createDirectory(model.resolve("onnx"));
    Files.copy(Goldens.file("bert-eager-legacy"), inner.resolve("model.onnx"));
    Files.copy(Goldens.resource("bert.config.json"), model.resolve("config.json"));
    assertTrue(engine.accepts(model));
    for (Path path : List.of(model, inner.resolve("model.onnx"))) {
      try (OnnxSession session = OnnxEngine.openSession(path, EngineSettings.defaults())) {
        assertEquals("bert", session.model().type());
        assertEquals(4, session.model().headCount());
        assertEquals(48, session.model().hiddenSize());
        assertEquals(128, session.model().maximumTokens());
        assertEquals(
            List.of("config.json", "onnx/model.onnx"),
            session.digests().keySet().stream().sorted().toList());
        assertRefused(() -> session.sequence(new int[] {2, 400}), "400");
        assertRefused(() -> session.sequence(new int[129]), "129 tokens > 128");
      }
    }
    Files.copy(Goldens.file("bert-eager-legacy"), inner.resolve("model_quantized.onnx"));
    assertTrue(engine.accepts(model));
    Files.delete(inner.resolve("model.onnx"));
    Files.copy(Goldens.file("bert-eager-legacy"), inner.resolve("model_fp16.onnx"));
    assertRefused(
        () -> OnnxEngine.openSession(model, EngineSettings.defaults()).close(),
        "several ONNX graphs",
        "model_fp16.onnx, model_quantized.onnx");
    Files.createFile(model.resolve("model.safetensors"));
    assertTrue(!engine.accepts(model));
  }

  @Test
  void aBareFileTellsWhatItCan() {
    try (OnnxSession session = Goldens.open("distilbert-eager-legacy")) {
      assertEquals("distilbert-eager-legacy.onnx", session.model().name());
      assertEquals(4, session.model().headCount());
      assertEquals(3, session.model().layerCount());
      assertEquals(128, session.model().maximumTokens());
      assertEquals(List.of("LABEL_0", "LABEL_1", "LABEL_2"), session.model().labels());
      assertRefused(() -> session.tokenize("a text"), "tokenizer.json");
    }
  }
}
