package org.attentionflow.onnx;

import static org.attentionflow.testkit.Close.assertClose;
import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelInstrumenter;
import org.attentionflow.engine.ModelInstrumenter.Report;
import org.attentionflow.engine.ModelInstrumenter.Request;
import org.attentionflow.engine.Target;
import org.attentionflow.onnx.graph.GraphCheck;
import org.attentionflow.onnx.graph.ModelFile;
import org.attentionflow.onnx.graph.NativeRuntime;
import org.attentionflow.testkit.PluginContract;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Written graphs are well formed and give the numbers of the engine, as the user runs them. */
class OnnxInstrumenterTest extends PluginContract<ModelInstrumenter> {
  private static final Request EVERYTHING = new Request(true, true, true, List.of());

  @TempDir Path folder;

  OnnxInstrumenterTest() {
    super(ModelInstrumenter.class);
  }

  @Override
  protected ModelInstrumenter plugin() {
    return new OnnxInstrumenter();
  }

  static List<String> names() {
    return Goldens.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesTheNumbersOfTheEngine(String name) throws IOException, OrtException {
    Path file = folder.resolve("instrumented.onnx");
    Report report = plugin().instrument(Goldens.file(name), file, EVERYTHING);
    assertEquals(3, report.layers().size());
    assertEquals(name.contains("dynamo"), !report.notes().isEmpty(), "dropout was on");
    ModelProto written = ModelProto.parseFrom(Files.readAllBytes(file));
    assertEquals(Optional.empty(), GraphCheck.problem(written));
    assertEquals(written, ModelFile.read(file).model(), "nodes are in order");
    try (OnnxSession engine = Goldens.open(name)) {
      List<TokenSequence> inputs =
          List.of(
              engine.sequence(new int[] {2, 7, 11, 3}), engine.sequence(new int[] {2, 5, 9, 3}));
      List<Capture> expected =
          engine.capture(inputs, RecordedCheckpoint.everything(new Target.Contrast("2/0")));
      for (OptLevel level : List.of(OptLevel.NO_OPT, OptLevel.ALL_OPT)) {
        try (OrtSession session = NativeRuntime.open(written, folder, 1, level)) {
          assertGives(expected, session);
        }
      }
    }
  }

  /** The engine takes the added parts out again: the same bits as of the file without them. */
  @ParameterizedTest
  @MethodSource("names")
  void whatItWritesCanBeExplainedAndInstrumentedAgain(String name) throws IOException {
    Path file = folder.resolve("instrumented.onnx");
    plugin().instrument(Goldens.file(name), file, EVERYTHING);
    try (OnnxSession original = Goldens.open(name);
        OnnxSession again = OnnxEngine.openSession(file, EngineSettings.defaults())) {
      List<TokenSequence> inputs = List.of(original.sequence(new int[] {2, 7, 11, 3}));
      CaptureRequest request = RecordedCheckpoint.everything(new Target.Contrast("2/0"));
      Capture expected = original.capture(inputs, request).get(0);
      Capture found = again.capture(inputs, request).get(0);
      assertArrayEquals(expected.logits(), found.logits(), 0);
      List<AttentionLayer> layers = expected.attention(AttentionKind.ENCODER);
      for (int l = 0; l < layers.size(); l++) {
        AttentionLayer layer = found.attention(AttentionKind.ENCODER).get(l);
        assertArrayEquals(
            layers.get(l).attention().values(), layer.attention().values(), 0, "layer " + l);
        assertArrayEquals(
            layers.get(l).gradient().orElseThrow().values(),
            layer.gradient().orElseThrow().values(),
            0,
            "gradient of layer " + l);
      }
    }
    Path twice = folder.resolve("twice.onnx");
    Report report = plugin().instrument(file, twice, EVERYTHING);
    assertEquals(
        plugin().instrument(Goldens.file(name), folder.resolve("once.onnx"), EVERYTHING).outputs(),
        report.outputs());
  }

  private static void assertGives(List<Capture> expected, OrtSession session) throws OrtException {
    OrtEnvironment environment = NativeRuntime.environment();
    long[][] ids = {{2, 7, 11, 3}, {2, 5, 9, 3}};
    long[][] mask = {{1, 1, 1, 1}, {1, 1, 1, 1}};
    float[][] cotangent = {{-1, 0, 1}, {-1, 0, 1}};
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask);
        OnnxTensor direction = OnnxTensor.createTensor(environment, cotangent);
        OnnxTensor predicted = OnnxTensor.createTensor(environment, new float[] {0});
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idTensor,
                    "attention_mask", maskTensor,
                    "logits.grad", direction,
                    "predicted.grad", predicted))) {
      for (int b = 0; b < ids.length; b++) {
        List<AttentionLayer> layers = expected.get(b).attention(AttentionKind.ENCODER);
        for (int l = 0; l < layers.size(); l++) {
          AttentionLayer layer = layers.get(l);
          assertPart(layer.attention().values(), result, "attentions." + l, b);
          assertPart(
              layer.gradient().orElseThrow().values(), result, "attentions." + l + ".grad", b);
        }
        for (int l = 0; l <= layers.size(); l++) {
          assertPart(
              expected.get(b).hiddenStateGradients().get(l).values(),
              result,
              "hidden_states." + l + ".grad",
              b);
        }
      }
    }
  }

  private static void assertPart(float[] expected, OrtSession.Result result, String name, int place)
      throws OrtException {
    FloatBuffer all = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    float[] part = new float[expected.length];
    all.get(place * part.length, part);
    assertClose(name, expected, part, 1e-5, 1e-4);
  }

  @Test
  void withoutGradientsNothingIsAddedButOutputs() throws IOException {
    Path file = folder.resolve("attention.onnx");
    Report report =
        plugin()
            .instrument(
                Goldens.file("roberta-eager-legacy"),
                file,
                new Request(false, false, false, List.of()));
    assertEquals(2, report.inputs().size());
    assertEquals(4, report.outputs().size());
    assertTrue(report.outputs().get(1).startsWith("attentions.0 float"), report.toString());
  }

  /** By whatever name it is given, the model itself is not replaced, nor what belongs to it. */
  @Test
  void whatTheModelIsReadFromIsNotReplaced() throws IOException {
    Path model = folder.resolve("model.onnx");
    Files.copy(Goldens.file("bert-eager-legacy"), model);
    Path config = folder.resolve("config.json");
    Files.copy(Goldens.resource("bert.config.json"), config);
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), model);
    for (Path given : List.of(folder, model, link)) {
      for (Path output : List.of(model, link, folder.resolve("x").resolve("..").resolve(model))) {
        refusesToReplace(given, output, "the model itself");
      }
      refusesToReplace(given, config, "a part of the model");
    }
    assertArrayEquals(
        Files.readAllBytes(Goldens.file("bert-eager-legacy")), Files.readAllBytes(model));
  }

  @Test
  void weightsInAFileOfTheirOwnAreNotReplaced() throws IOException {
    ModelVariants.writeExternal(
        ModelProto.parseFrom(Files.readAllBytes(Goldens.file("bert-eager-legacy"))), folder);
    byte[] weights = Files.readAllBytes(folder.resolve("model.onnx_data"));
    for (Path given : List.of(folder, folder.resolve("model.onnx"))) {
      refusesToReplace(given, folder.resolve("model.onnx_data"), "a part of the model");
    }
    assertArrayEquals(weights, Files.readAllBytes(folder.resolve("model.onnx_data")));
    plugin().instrument(folder, folder.resolve("copy.onnx"), EVERYTHING);
  }

  private void refusesToReplace(Path given, Path output, String why) {
    assertRefused(
        () -> {
          try {
            plugin().instrument(given, output, EVERYTHING);
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        },
        output + " is " + why);
  }

  /** Named attention stays what is explained, whatever the configuration says. */
  @ParameterizedTest
  @ValueSource(strings = {"float", "half", "without gradients", "without properties"})
  void attentionThatWasNamedIsTheAttentionOfTheCopy(String form) throws IOException {
    ModelProto golden = ModelProto.parseFrom(Files.readAllBytes(Goldens.file("bert-sdpa-legacy")));
    Path model = folder.resolve("model.onnx");
    Files.write(model, (form.equals("half") ? ModelVariants.half(golden) : golden).toByteArray());
    String config = Files.readString(Goldens.resource("bert.config.json"));
    Path unsure = folder.resolve("config.json");
    Files.writeString(
        unsure, config.replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4"));
    assertRefused(() -> open(model).close(), "config.json names 4 layers", "--attention");
    List<AttentionTensor> found = Classifier.read(ModelFile.read(model), 3, List.of()).attention();
    List<String> names = List.of(found.get(0).value().name(), found.get(2).value().name());
    Path copy = folder.resolve("copy.onnx");
    boolean gradients = !form.equals("without gradients");
    plugin().instrument(model, copy, new Request(gradients, false, gradients, names));
    if (form.equals("without properties")) {
      ModelProto written = ModelProto.parseFrom(Files.readAllBytes(copy));
      Files.write(copy, written.toBuilder().clearMetadataProps().build().toByteArray());
    }
    Path again = folder.resolve("again.onnx");
    Report report = plugin().instrument(copy, again, new Request(false, false, true, List.of()));
    assertEquals(2, report.layers().size());
    assertEquals(5, report.outputs().size(), report.outputs().toString());
    Files.writeString(folder.resolve("config.json"), config);
    Capture expected = capture(model);
    Files.delete(model);
    for (Path written : List.of(copy, again)) {
      Capture actual = capture(written);
      assertArrayEquals(expected.logits(), actual.logits(), 0);
      assertEquals(2, actual.attention(AttentionKind.ENCODER).size());
      for (int layer = 0; layer < 2; layer++) {
        AttentionLayer original = expected.attention(AttentionKind.ENCODER).get(2 * layer);
        AttentionLayer named = actual.attention(AttentionKind.ENCODER).get(layer);
        assertArrayEquals(original.attention().values(), named.attention().values(), 0);
        assertArrayEquals(
            original.gradient().orElseThrow().values(), named.gradient().orElseThrow().values(), 0);
      }
    }
  }

  /** Sizes that the model gives no name get none, whatever they were told apart by. */
  @Test
  void namesOfSizesAreTheModelsOwn() throws IOException {
    ModelProto golden = ModelProto.parseFrom(Files.readAllBytes(Goldens.file("bert-eager-legacy")));
    ModelProto.Builder model = ModelVariants.withoutMask(golden).toBuilder();
    model
        .getGraphBuilder()
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .setDim(1, TensorShapeProto.Dimension.getDefaultInstance());
    Path file = folder.resolve("model.onnx");
    Files.write(file, model.build().toByteArray());
    Path copy = folder.resolve("copy.onnx");
    Report report = plugin().instrument(file, copy, EVERYTHING);
    GraphProto graph = ModelProto.parseFrom(Files.readAllBytes(copy)).getGraph();
    Set<String> names = new HashSet<>();
    Stream.concat(graph.getInputList().stream(), graph.getOutputList().stream())
        .flatMap(info -> info.getType().getTensorType().getShape().getDimList().stream())
        .forEach(size -> names.add(size.getDimParam()));
    assertEquals(Set.of("batch", ""), names);
    assertTrue(report.inputs().contains("input_ids int64[batch, ?]"), report.toString());
  }

  private static OnnxSession open(Path model) {
    return OnnxEngine.openSession(model, EngineSettings.defaults());
  }

  private static Capture capture(Path model) {
    try (OnnxSession session = open(model)) {
      return session
          .capture(
              List.of(session.sequence(new int[] {2, 7, 11, 3})),
              CaptureRequest.attentionAndGradient(new Target.Index(1)))
          .get(0);
    }
  }
}
