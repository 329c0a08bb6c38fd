package org.attentionflow.onnx;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.attentionflow.engine.EngineSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph that tells its shapes, beside configurations that say something else. */
class ConfigurationTest {
  private static final String HEADS = "\"num_attention_heads\": 4";
  private static final String LAYERS = "\"num_hidden_layers\": 3";
  private static final String LABEL = ",\n    \"2\": \"LABEL_2\"";

  @TempDir Path folder;

  @BeforeEach
  void copyGraph() throws IOException {
    Files.copy(Goldens.file("bert-eager-dynamo"), folder.resolve("model.onnx"));
  }

  /** Opens the model beside its configuration with another entry. */
  private OnnxSession open(String entry, String other) throws IOException {
    String config = Files.readString(Goldens.resource("bert.config.json"));
    assertTrue(config.contains(entry), config);
    Files.writeString(folder.resolve("config.json"), config.replace(entry, other));
    return OnnxEngine.openSession(folder, EngineSettings.defaults());
  }

  @Test
  void headsOfAnotherModel() throws IOException {
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
  void layersOfAnotherModel() {
    for (String key : List.of("num_hidden_layers", "n_layer", "num_layers")) {
      assertRefused(() -> open(LAYERS, "\"" + key + "\": 4").close(), "config.json names 4 layers");
    }
  }

  @Test
  void labelsOfAnotherModel() throws IOException {
    assertRefused(
        () -> open(LABEL, "").close(),
        "id2label names 2 classes, but the graph has 3 logits. Maybe");
    try (OnnxSession session = open(LABEL, LABEL.replace("LABEL_2", "third"))) {
      assertEquals(List.of("LABEL_0", "LABEL_1", "third"), session.model().labels());
    }
  }
}
