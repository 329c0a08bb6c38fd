package org.attentionflow.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.tensor.FloatTensor;
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
      assertLooksUpWords(session);
    }
  }

  /** Word embeddings are the rows that the ids choose from the checkpoint's table. */
  private static void assertLooksUpWords(TensorflowSession session) {
    int[] ids = {313, 5, 152};
    FloatTensor words =
        Objects.requireNonNull(
            session
                .capture(
                    List.of(session.sequence(ids)),
                    new CaptureRequest(Target.predicted(), Set.of(Quantity.EMBEDDING)))
                .get(0)
                .embeddings());
    FloatTensor table;
    try (SafetensorsFile weights =
        SafetensorsFile.open(Goldens.checkpoint("bert").resolve("model.safetensors"))) {
      table = weights.floats("bert.embeddings.word_embeddings.weight");
    }
    for (int token = 0; token < ids.length; token++) {
      for (int i = 0; i < table.size(1); i++) {
        assertEquals(table.get(ids[token], i), words.get(token, i), 0);
      }
    }
  }
}
