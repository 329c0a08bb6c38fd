package org.attentionflow.tensorflow;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Target;
import org.attentionflow.testkit.Close;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken for attention, what is not, and what is said when it is not sure. */
class AttentionFinderTest {
  @TempDir Path folder;

  private TensorflowSession open(SmallGraph.Variant variant) throws IOException {
    return Goldens.open(SmallGraph.file(variant, folder));
  }

  private static Capture capture(TensorflowSession session, Target target, int... ids) {
    TokenSequence input = session.sequence(ids);
    return session.capture(List.of(input), CaptureRequest.attentionAndGradient(target)).get(0);
  }

  @Test
  void findsAttentionWithoutAnyNameOrConfiguration() throws IOException {
    try (TensorflowSession session = open(SmallGraph.Variant.PLAIN)) {
      assertEquals(
          List.of(
              "The softmax attention/Softmax of the product attention/BatchMatMulV2 multiplies the"
                  + " values attention/Einsum_2 in attention/BatchMatMulV2_1."),
          session.attentionReasons());
      Capture capture = capture(session, new Target.Index(2), 1, 5, 3);
      AttentionLayer layer = capture.attention(AttentionKind.ENCODER).get(0);
      assertEquals(1, layer.headCount());
      assertEquals(3, layer.queryCount());
      float[] row = layer.attention().values();
      assertEquals(1, row[0] + row[1] + row[2], 1e-6);
      assertEquals(3, session.model().labels().size());
    }
  }

  @Test
  void saysWhichProductHasNoKernel() throws IOException {
    Path half = SmallGraph.file(SmallGraph.Variant.HALF, folder);
    assertRefused(
        () -> Goldens.open(half).close(),
        "no kernel for BatchMatMulV3 of DT_HALF on processors. Maybe save the model in float32");
  }

  @Test
  void explainsTheLogitsBehindProbabilities() throws IOException {
    Capture logits;
    try (TensorflowSession session = open(SmallGraph.Variant.PLAIN)) {
      logits = capture(session, Target.predicted(), 1, 5, 3);
    }
    try (TensorflowSession session = open(SmallGraph.Variant.PROBABILITIES)) {
      Capture capture = capture(session, Target.predicted(), 1, 5, 3);
      assertArrayEquals(logits.logits(), capture.logits());
      assertArrayEquals(
          logits.attention(AttentionKind.ENCODER).get(0).gradient().orElseThrow().values(),
          capture.attention(AttentionKind.ENCODER).get(0).gradient().orElseThrow().values());
    }
  }

  @Test
  void refusesWithAListWhenItIsNotSure() throws IOException {
    assertRefused(
        () -> open(SmallGraph.Variant.WEIGHTED_TOKENS),
        "not sure",
        "attention/Softmax",
        "pool/Softmax (its scores are no product of queries and keys)");
    Files.writeString(folder.resolve("config.json"), "{\"num_hidden_layers\": 1}");
    try (TensorflowSession session = open(SmallGraph.Variant.WEIGHTED_TOKENS)) {
      assertTrue(session.attentionReasons().get(0).contains("attention/Softmax"));
    }
    Files.writeString(folder.resolve("config.json"), "{\"num_hidden_layers\": 2}");
    assertRefused(
        () -> open(SmallGraph.Variant.PLAIN), "config.json says 2 layers", "attention/Softmax");
  }

  @Test
  void refusesAttentionsThatAreNoLayersInARow() {
    assertRefused(
        () -> open(SmallGraph.Variant.PARALLEL), "no layers in a row", "attention/Softmax_1");
  }

  @Test
  void refusesAGraphWithoutAttention() {
    assertRefused(() -> open(SmallGraph.Variant.NO_SCORES), "No attention was found");
  }

  @Test
  void namesTheOperationWithoutGradientAndItsPlace() {
    assertRefused(
        () -> open(SmallGraph.Variant.DIGAMMA), "no gradient", "Digamma", "at attention/Digamma");
  }

  @Test
  void refusesDropout() {
    assertRefused(
        () -> open(SmallGraph.Variant.DROPOUT), "random", "attention/RandomUniform", "inference");
  }

  @Test
  void refusesAGraphThatWritesFiles() throws IOException {
    assertRefused(() -> open(SmallGraph.Variant.WRITES), "WriteFile", "outside of the model");
    assertTrue(Files.notExists(Path.of("name")));
  }

  @Test
  void fillsAFixedBatchAndRefusesOtherLengths() throws IOException {
    Capture free;
    try (TensorflowSession session = open(SmallGraph.Variant.PLAIN)) {
      free = capture(session, new Target.Index(1), 1, 5, 3, 0);
    }
    try (TensorflowSession session = open(SmallGraph.Variant.FIXED)) {
      Capture fixed = capture(session, new Target.Index(1), 1, 5, 3, 0);
      Close.assertClose(
          "gradient",
          free.attention(AttentionKind.ENCODER).get(0).gradient().orElseThrow().values(),
          fixed.attention(AttentionKind.ENCODER).get(0).gradient().orElseThrow().values(),
          1e-6,
          1e-5);
      assertEquals(4, session.model().maximumTokens());
      assertRefused(() -> capture(session, Target.predicted(), 1, 5), "exactly 4 tokens");
      assertRefused(() -> session.sequence(new int[5]), "5 tokens > 4");
    }
  }

  @Test
  void refusesIdsBeyondTheTable() throws IOException {
    try (TensorflowSession session = open(SmallGraph.Variant.PLAIN)) {
      assertRefused(() -> capture(session, Target.predicted(), 1, 6), "6");
    }
  }
}
