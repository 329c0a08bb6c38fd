package org.attentionflow.tensorflow;

import static org.attentionflow.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.Target;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every number against the reference implementation's, alone and in one padded batch. */
class GoldenTest {
  private static final double ABSOLUTE = 1e-5;
  private static final double RELATIVE = 1e-4;

  @ParameterizedTest
  @CsvSource({
    "bert,FROZEN,TENSORDOT",
    "bert,PLAIN,TENSORDOT",
    "bert,FUNCTIONS,TENSORDOT",
    "bert,FUNCTIONS,EINSUM",
    "bert,FROZEN,EINSUM",
    "roberta,FUNCTIONS,TENSORDOT",
    "distilbert,FUNCTIONS,TENSORDOT",
    "distilbert,FROZEN,EINSUM",
    "electra,FUNCTIONS,TENSORDOT",
    "electra,PLAIN,EINSUM"
  })
  void agreesWithTheReference(String name, TestModels.Form form, ClassifierGraph.Style style)
      throws IOException {
    JsonArray cases = cases(name);
    Path model = Goldens.model(Goldens.checkpoint(name), name, form, style);
    try (TensorflowSession session = Goldens.open(model);
        SafetensorsFile expected = Goldens.expected(name)) {
      assertEquals(3, session.model().layerCount());
      for (int i = 0; i < cases.size(); i++) {
        TokenSequence input = session.sequence(Goldens.ids(expected, i));
        int target = cases.get(i).getAsJsonObject().get("target").getAsInt();
        Capture capture =
            session.capture(List.of(input), Goldens.everything(new Target.Index(target))).get(0);
        assertAgrees(expected, "case" + i, capture);
        assertEquals(
            target, Target.predicted().resolve(capture.logits(), session.model().labels()).index());
      }
      List<TokenSequence> inputs =
          List.of(
              session.sequence(Goldens.ids(expected, 1)),
              session.sequence(Goldens.ids(expected, 0)));
      List<Capture> batch = session.capture(inputs, Goldens.everything(Target.predicted()));
      assertAgrees(expected, "case1", batch.get(0));
      assertAgrees(expected, "case0", batch.get(1));
    }
  }

  private static void assertAgrees(SafetensorsFile expected, String prefix, Capture capture) {
    List<AttentionLayer> layers = capture.attention(AttentionKind.ENCODER);
    List<FloatTensor> attention = layers.stream().map(AttentionLayer::attention).toList();
    List<FloatTensor> gradients =
        layers.stream().map(layer -> layer.gradient().orElseThrow()).toList();
    check(expected, prefix + ".logits", capture.logits());
    check(expected, prefix + ".attentions", Goldens.stack(attention));
    check(expected, prefix + ".attentions.grad", Goldens.stack(gradients));
    check(expected, prefix + ".hidden_states", Goldens.stack(capture.hiddenStates()));
    check(expected, prefix + ".hidden_states.grad", Goldens.stack(capture.hiddenStateGradients()));
  }

  private static void check(SafetensorsFile expected, String name, float[] actual) {
    float[] values = expected.floats(name).values();
    assertClose(name, values, actual, ABSOLUTE, RELATIVE);
  }

  private static JsonArray cases(String name) throws IOException {
    String json = Files.readString(Goldens.checkpoint(name).resolve("cases.json"));
    return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("cases");
  }
}
