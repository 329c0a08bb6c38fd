package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.pipeline.Engines;
import org.attentionflow.pipeline.Explainer;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One recorded checkpoint as a Hugging Face folder, ONNX graphs, a TorchScript archive and a
 * SavedModel, all open in this process: the same numbers from every engine. The reference is what
 * the model's own implementation computed.
 */
class EngineAgreementTest {
  private static final double ABSOLUTE = 1e-5;
  private static final double RELATIVE = 1e-4;

  /** Engines compute in 32 bits; scores agree to this part of the flow value. */
  private static final double SCORE_TOLERANCE = 1e-4;

  /** The forms of the checkpoint. */
  enum Form {
    CHECKPOINT("pytorch", "pytorch/bert"),
    TORCHSCRIPT("pytorch", "pytorch/torchscript/bert.pt"),
    ONNX_EAGER("onnx-runtime", "onnx/bert-eager-legacy.onnx"),
    ONNX_FUSED("onnx-runtime", "onnx/bert-sdpa-dynamo.onnx"),
    SAVED_MODEL("tensorflow", "tensorflow/bert");

    private final String engine;
    private final String place;

    Form(String engine, String place) {
      this.engine = engine;
      this.place = place;
    }

    Path path() {
      return resource("/org/attentionflow/" + place);
    }

    ModelSession open() {
      return Engines.choose("auto", path()).open(path(), EngineSettings.defaults());
    }
  }

  private static final List<ModelSession> SESSIONS = new ArrayList<>();
  private static SafetensorsFile recorded;

  /** Every engine is loaded before any is used. */
  @BeforeAll
  static void open() {
    recorded = SafetensorsFile.open(Form.CHECKPOINT.path().resolve("expected.safetensors"));
    for (Form form : Form.values()) {
      SESSIONS.add(form.open());
    }
  }

  @AfterAll
  static void close() {
    SESSIONS.forEach(ModelSession::close);
    recorded.close();
  }

  private static Path resource(String name) {
    URL place = Objects.requireNonNull(EngineAgreementTest.class.getResource(name), name);
    try {
      URI address = place.toURI();
      return Path.of(address);
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static int[] ids(int number) {
    return Arrays.stream(recorded.longs("case" + number + ".input_ids"))
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  @ParameterizedTest
  @EnumSource
  void theFormDecidesTheEngine(Form form) {
    assertEquals(form.engine, Engines.choose("auto", form.path()).name());
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheReference(Form form) {
    for (int number = 0; number < 2; number++) {
      agree(number, capture(SESSIONS.get(form.ordinal()), number));
    }
  }

  @ParameterizedTest
  @EnumSource
  void paddingChangesNothing(Form form) {
    ModelSession session = SESSIONS.get(form.ordinal());
    List<TokenSequence> inputs = List.of(session.sequence(ids(1)), session.sequence(ids(0)));
    List<Capture> captures =
        session.capture(inputs, CaptureRequest.attentionAndGradient(Target.predicted()));
    agree(1, captures.get(0));
    agree(0, captures.get(1));
  }

  @Test
  void capabilitiesAreThoseOfTheForm() {
    assertTrue(CommandRun.of("list", "engines").ok().out().contains("attention-mask"));
    for (Form form : new Form[] {Form.TORCHSCRIPT, Form.ONNX_EAGER, Form.SAVED_MODEL}) {
      Settings settings = Settings.defaults().with("method", "integrated-gradients");
      UnusableInputException refused =
          assertThrows(
              UnusableInputException.class, () -> Explainer.open(form.path(), settings).close());
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains("embedding-input, which the engine"), message);
    }
  }

  @Test
  void enginesWorkAtOnce() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(SESSIONS.size());
    try {
      for (int round = 0; round < 3; round++) {
        List<Future<Capture>> captures = new ArrayList<>();
        for (ModelSession session : SESSIONS) {
          captures.add(threads.submit(() -> capture(session, 1)));
        }
        for (Future<Capture> each : captures) {
          agree(1, each.get());
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"af", "gf", "agf"})
  void flowScoresAgree(String method) {
    Explanation expected = explain(Form.CHECKPOINT, method);
    double[] scores = expected.attribution().scores();
    double value = expected.attribution().flowResult().orElseThrow().value();
    assertTrue(value > 0, "nothing flows");
    for (Form form : Form.values()) {
      Explanation actual = explain(form, method);
      assertEquals(form.engine, actual.engine());
      double tolerance = SCORE_TOLERANCE * value;
      assertEquals(value, actual.attribution().flowResult().orElseThrow().value(), tolerance);
      for (int token = 0; token < scores.length; token++) {
        String what = form + ", token " + token;
        assertEquals(scores[token], actual.attribution().scores()[token], tolerance, what);
      }
    }
  }

  private static Explanation explain(Form form, String method) {
    Settings settings = Settings.defaults().with("method", method).with("engine", form.engine);
    try (Explainer explainer = Explainer.open(form.path(), settings)) {
      return explainer.explain(explainer.session().sequence(ids(0)));
    }
  }

  private static Capture capture(ModelSession session, int number) {
    TokenSequence input = session.sequence(ids(number));
    CaptureRequest request = CaptureRequest.attentionAndGradient(Target.predicted());
    return session.capture(List.of(input), request).get(0);
  }

  private static void agree(int number, Capture capture) {
    List<AttentionLayer> layers = capture.attention(AttentionKind.ENCODER);
    String prefix = "case" + number + ".";
    agree(prefix + "logits", List.of(capture.logits()));
    agree(prefix + "attentions", layers.stream().map(layer -> layer.attention().values()).toList());
    agree(
        prefix + "attentions.grad",
        layers.stream().map(layer -> layer.gradient().orElseThrow().values()).toList());
  }

  /** |a − b| ≤ absolute + relative · |b|, element by element. */
  private static void agree(String name, List<float[]> parts) {
    float[] expected = recorded.floats(name).values();
    int at = 0;
    for (float[] part : parts) {
      for (float value : part) {
        double difference = Math.abs((double) value - expected[at]);
        assertTrue(
            difference <= ABSOLUTE + RELATIVE * Math.abs(expected[at]),
            name + "[" + at + "]: " + value + " instead of " + expected[at]);
        at++;
      }
    }
    assertEquals(expected.length, at, name);
  }
}
