package org.attentionflow.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every exported file against the reference implementation's numbers for its checkpoint, alone and
 * in a padded batch: both exporters of PyTorch, eager and fused attention.
 */
class GoldenTest {
  static List<String> names() {
    return Goldens.names();
  }

  @Test
  void bothExportersAndBothAttentionsAreThere() {
    assertEquals(10, names().size());
  }

  @ParameterizedTest
  @MethodSource("names")
  void agreesWithTheReference(String name) {
    try (OnnxSession session = Goldens.open(name);
        RecordedCheckpoint recorded = Goldens.recorded(name)) {
      recorded.assertAgrees(session);
      recorded.assertAgreesInABatch(session);
    }
  }
}
