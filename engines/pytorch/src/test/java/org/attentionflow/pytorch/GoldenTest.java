package org.attentionflow.pytorch;

import org.attentionflow.testkit.RecordedCheckpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every number against the reference implementation's, alone and in one padded batch. */
class GoldenTest {
  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert", "electra"})
  void agreesWithTheReference(String name) {
    try (PytorchSession session = Goldens.open(name);
        RecordedCheckpoint recorded = Goldens.recorded(name)) {
      recorded.assertAgrees(session);
      recorded.assertAgreesInABatch(session);
    }
  }
}
