package org.attentionflow.cli;

import static org.attentionflow.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Target;
import org.attentionflow.pipeline.Engines;
import org.attentionflow.testkit.torchscript.TracedBert;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The built-in checkpoint as a Hugging Face folder, ONNX graph, TorchScript archive and SavedModel,
 * with its tokenizer: the same numbers, and the same words with the same scores.
 */
class BuiltInFormsTest {
  private static final String[] BESIDE = {"config.json", "tokenizer.json", "tokenizer_config.json"};
  private static final String[] TEXTS = {
    "although this dog is not cute, it is very smart.",
    "the acting is weak, yet the story has charm."
  };
  private static final String[] METHODS = {"af", "gf", "agf"};

  private static final double ABSOLUTE = 1e-5;
  private static final double RELATIVE = 1e-4;

  /** Engines compute in 32 bits; scores agree to this part of the flow value. */
  private static final double SCORE_TOLERANCE = 1e-4;

  /** The forms beside the checkpoint, with what writes them. */
  enum Form {
    ONNX("onnx-runtime") {
      @Override
      void write(Path checkpoint, Path folder) throws IOException {
        // As optimum lays it out.
        Files.createDirectory(folder.resolve("onnx"));
        BertExport.write(checkpoint, folder.resolve("onnx").resolve("model.onnx"));
      }
    },
    TORCHSCRIPT("pytorch") {
      @Override
      void write(Path checkpoint, Path folder) throws IOException {
        TracedBert.write(checkpoint, folder.resolve("model.pt"));
      }
    },
    SAVED_MODEL("tensorflow") {
      /** What writes it is among the tests of the engine, which the compiler does not see. */
      @Override
      void write(Path checkpoint, Path folder) throws ReflectiveOperationException {
        String[] args = {checkpoint.toString(), folder.toString()};
        Class.forName("org.attentionflow.tensorflow.TestModels")
            .getMethod("main", String[].class)
            .invoke(null, (Object) args);
      }
    };

    private final String engine;

    Form(String engine) {
      this.engine = engine;
    }

    abstract void write(Path checkpoint, Path folder)
        throws IOException, ReflectiveOperationException;

    Path folder() {
      return folder.resolve(name());
    }
  }

  @TempDir static Path folder;

  private static Path checkpoint;

  @BeforeAll
  static void write() throws IOException, ReflectiveOperationException {
    checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
    copy("model.safetensors", checkpoint);
    for (String name : BESIDE) {
      copy(name, checkpoint);
    }
    for (Form form : Form.values()) {
      Files.createDirectory(form.folder());
      form.write(checkpoint, form.folder());
      for (String name : BESIDE) {
        if (!Files.exists(form.folder().resolve(name))) {
          copy(name, form.folder());
        }
      }
    }
  }

  private static void copy(String name, Path to) throws IOException {
    try (InputStream in =
        BuiltInFormsTest.class.getResourceAsStream("/org/attentionflow/model/sst2-tiny/" + name)) {
      Files.copy(in, to.resolve(name));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNumbersAreTheSame(Form form) {
    try (ModelSession expected = open(checkpoint);
        ModelSession actual = open(form.folder())) {
      List<Capture> captures = capture(actual);
      for (int i = 0; i < TEXTS.length; i++) {
        agree(capture(expected).get(i), captures.get(i));
      }
    }
  }

  private static ModelSession open(Path model) {
    return Engines.choose("auto", model).open(model, EngineSettings.defaults());
  }

  /** Both texts in one batch. */
  private static List<Capture> capture(ModelSession session) {
    List<TokenSequence> inputs = new ArrayList<>();
    for (String text : TEXTS) {
      inputs.add(session.tokenize(text));
    }
    return session.capture(inputs, CaptureRequest.attentionAndGradient(Target.predicted()));
  }

  private static void agree(Capture expected, Capture actual) {
    close("logits", expected.logits(), actual.logits());
    assertEquals(expected.target(), actual.target());
    List<AttentionLayer> layers = expected.attention(AttentionKind.ENCODER);
    List<AttentionLayer> others = actual.attention(AttentionKind.ENCODER);
    assertEquals(layers.size(), others.size());
    for (int i = 0; i < layers.size(); i++) {
      AttentionLayer layer = layers.get(i);
      AttentionLayer other = others.get(i);
      close("attention " + i, layer.attention().values(), other.attention().values());
      close(
          "gradient " + i,
          layer.gradient().orElseThrow().values(),
          other.gradient().orElseThrow().values());
    }
  }

  private static void close(String what, float[] expected, float[] actual) {
    assertClose(what, expected, actual, ABSOLUTE, RELATIVE);
  }

  @ParameterizedTest
  @EnumSource
  void theSameWordsGetTheSameScores(Form form) {
    for (String method : METHODS) {
      for (String text : TEXTS) {
        JsonObject expected = explain(checkpoint, method, text);
        JsonObject actual = explain(form.folder(), method, text);
        assertEquals("pytorch", expected.get("engine").getAsString());
        assertEquals(form.engine, actual.get("engine").getAsString());
        assertEquals(label(expected), label(actual));
        double tolerance = SCORE_TOLERANCE * flow(expected);
        assertTrue(tolerance > 0, "nothing flows");
        assertEquals(flow(expected), flow(actual), tolerance, method);
        agree(expected.getAsJsonArray("words"), actual.getAsJsonArray("words"), tolerance);
      }
    }
  }

  private static JsonObject explain(Path model, String method, String text) {
    String[] args = {"explain", "-m", model.toString(), "--method", method, "--json", text};
    return JsonParser.parseString(CommandRun.of(args).ok().out()).getAsJsonObject();
  }

  private static String label(JsonObject explanation) {
    return explanation.getAsJsonObject("prediction").get("label").getAsString();
  }

  private static double flow(JsonObject explanation) {
    return explanation.getAsJsonObject("flow").get("value").getAsDouble();
  }

  private static void agree(JsonArray words, JsonArray others, double tolerance) {
    assertEquals(words.size(), others.size());
    for (int i = 0; i < words.size(); i++) {
      JsonObject word = words.get(i).getAsJsonObject();
      JsonObject other = others.get(i).getAsJsonObject();
      String text = word.get("text").getAsString();
      assertEquals(text, other.get("text").getAsString());
      double score = word.get("score").getAsDouble();
      assertEquals(score, other.get("score").getAsDouble(), tolerance, text);
    }
  }
}
