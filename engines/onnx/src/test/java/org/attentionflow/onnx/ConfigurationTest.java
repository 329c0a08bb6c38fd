package org.attentionflow.onnx;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Target;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Graphs beside configurations that say something else, whether their shapes tell or not. */
class ConfigurationTest {
  private static final String HEADS = "\"num_attention_heads\": 4";
  private static final String LAYERS = "\"num_hidden_layers\": 3";
  private static final String LABEL = ",\n    \"2\": \"LABEL_2\"";

  @TempDir Path folder;

  /** What the inferred shapes of a graph tell of its heads. */
  enum Form {
    /** They are a number. */
    TOLD("bert-eager-dynamo"),
    /** They are none, but are one if the sizes of the inputs are. */
    SAMPLED("bert-eager-legacy"),
    /** They are none, and the sizes of the inputs are fixed. */
    FIXED("bert-eager-legacy"),
    /** So are the classes, and no sizes of inputs change that. */
    OPAQUE("bert-eager-legacy");

    private final String golden;

    Form(String golden) {
      this.golden = golden;
    }

    private ModelProto model() throws IOException {
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(Goldens.file(golden)));
      return switch (this) {
        case TOLD, SAMPLED -> model;
        case FIXED -> ModelVariants.fixedSizes(model, 1, 8);
        case OPAQUE -> ModelVariants.opaqueShapes(model);
      };
    }
  }

  private void write(Form form) throws IOException {
    Files.write(folder.resolve("model.onnx"), form.model().toByteArray());
  }

  /** Opens the model beside its configuration with another entry. */
  private OnnxSession open(String entry, String other) throws IOException {
    String config = Files.readString(Goldens.resource("bert.config.json"));
    assertTrue(config.contains(entry), config);
    Files.writeString(folder.resolve("config.json"), config.replace(entry, other));
    return OnnxEngine.openSession(folder, EngineSettings.defaults());
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void headsOfAnotherModel(Form form) throws IOException {
    write(form);
    assertRefused(
        () -> open(HEADS, "\"num_heads\": 6").close(), "num_heads is 6, but the graph has 4");
    assertRefused(
        () -> open(HEADS, "\"n_head\": 3, \"head_ratio\": 2").close(),
        "n_head is 3, but the graph has 4");
    try (OnnxSession session = open(HEADS, "\"n_head\": 8, \"head_ratio\": 2")) {
      assertEquals(4, session.model().headCount());
    }
  }

  @Test
  void layersOfAnotherModel() throws IOException {
    write(Form.TOLD);
    for (String key : List.of("num_hidden_layers", "n_layer", "num_layers")) {
      assertRefused(() -> open(LAYERS, "\"" + key + "\": 4").close(), "config.json names 4 layers");
    }
  }

  @Test
  void encoderDecoders() throws IOException {
    write(Form.TOLD);
    assertRefused(
        () -> open(LAYERS, "\"is_encoder_decoder\": true").close(), "is_encoder_decoder is set");
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void labelsOfAnotherModel(Form form) throws IOException {
    write(form);
    assertRefused(
        () -> open(LABEL, "").close(),
        "id2label names 2 classes, but the graph has 3 logits. Maybe");
    try (OnnxSession session = open(LABEL, LABEL.replace("LABEL_2", "third"))) {
      assertEquals(List.of("LABEL_0", "LABEL_1", "third"), session.model().labels());
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void withoutAConfigurationTheGraphTells(Form form) throws IOException {
    write(form);
    try (OnnxSession session = OnnxEngine.openSession(folder, EngineSettings.defaults())) {
      assertEquals(4, session.model().headCount());
      assertEquals(List.of("LABEL_0", "LABEL_1", "LABEL_2"), session.model().labels());
      TokenSequence input = session.sequence(new int[] {2, 7, 11, 13, 3});
      Capture capture =
          session
              .capture(
                  List.of(input), CaptureRequest.attentionAndGradient(new Target.Contrast("2/0")))
              .get(0);
      assertEquals(4, capture.attention(AttentionKind.ENCODER).get(2).headCount());
      assertRefused(
          () ->
              session.capture(
                  List.of(input), CaptureRequest.attentionAndGradient(new Target.Index(3))),
          "the model has 3");
    }
  }
}
