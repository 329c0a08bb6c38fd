package org.attentionflow.onnx;

import static org.attentionflow.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
}
