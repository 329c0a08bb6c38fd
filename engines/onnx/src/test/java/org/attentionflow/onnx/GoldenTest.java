package org.attentionflow.onnx;

import static org.attentionflow.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.Target;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every exported file against the reference implementation's numbers for its checkpoint, alone and
 * in a padded batch: both exporters of PyTorch, eager and fused attention.
 */
class GoldenTest {
  private static final double ABSOLUTE = 1e-5;
  private static final double RELATIVE = 1e-4;

  static List<String> names() {
    return Goldens.names();
  }

  @Test
  void bothExportersAndBothAttentionsAreThere() {
    assertEquals(10, names().size());
  }

  @ParameterizedTest
  @MethodSource("names")
  void agreesWithTheReference(String name) throws IOException {
    JsonArray cases = cases(name);
    try (OnnxSession session = Goldens.open(name);
        SafetensorsFile expected = Goldens.expected(name)) {
      for (int i = 0; i < cases.size(); i++) {
        TokenSequence input = session.sequence(Goldens.ids(expected, i));
        int target = cases.get(i).getAsJsonObject().get("target").getAsInt();
        Capture capture =
            session.capture(List.of(input), Goldens.everything(new Target.Index(target))).get(0);
        assertAgrees(expected, "case" + i, capture);
        assertEquals(
            target, Target.predicted().resolve(capture.logits(), session.model().labels()).index());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void agreesWithTheReferenceInAPaddedBatch(String name) {
    try (OnnxSession session = Goldens.open(name);
        SafetensorsFile expected = Goldens.expected(name)) {
      List<TokenSequence> inputs =
          List.of(
              session.sequence(Goldens.ids(expected, 1)),
              session.sequence(Goldens.ids(expected, 0)));
      List<Capture> captures = session.capture(inputs, Goldens.everything(Target.predicted()));
      assertAgrees(expected, "case1", captures.get(0));
      assertAgrees(expected, "case0", captures.get(1));
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
    String json = Files.readString(Goldens.resource(Goldens.checkpoint(name) + ".cases.json"));
    return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("cases");
  }
}
