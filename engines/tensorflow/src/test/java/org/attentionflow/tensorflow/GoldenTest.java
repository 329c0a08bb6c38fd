package org.attentionflow.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.testkit.ResourceFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every number against the reference implementation's, alone and in one padded batch. */
class GoldenTest {
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
    "electra,PLAIN,EINSUM",
    "bert,KERAS,KERAS",
    "roberta,KERAS,KERAS",
    "distilbert,KERAS,KERAS",
    "electra,KERAS,EINSUM",
    "bert,FROZEN,KERAS"
  })
  void agreesWithTheReference(String name, TestModels.Form form, ClassifierGraph.Style style) {
    Path model = Goldens.model(Goldens.checkpoint(name), name, form, style);
    try (TensorflowSession session = Goldens.open(model);
        RecordedCheckpoint recorded = Goldens.recorded(name)) {
      assertEquals(3, session.model().layerCount());
      recorded.assertAgrees(session);
      recorded.assertAgreesInABatch(session);
    }
  }

  @Test
  void agreesWithTheReferenceInWhatKerasWrote() {
    Path model = ResourceFolder.of("/org/attentionflow/tensorflow/keras-bert/config.json");
    try (TensorflowSession session = Goldens.open(model);
        RecordedCheckpoint recorded = Goldens.recorded("bert")) {
      assertEquals(3, session.model().layerCount());
      recorded.assertAgrees(session);
      recorded.assertAgreesInABatch(session);
    }
  }
}
