package org.attentionflow.pytorch;

import static org.attentionflow.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.huggingface.Batches;
import org.attentionflow.huggingface.session.CaptureMemory;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;

/** What a session promises beyond the numbers: batches, threads, repetition, order. */
class CaptureTest {
  private static final long SEED = 3;
  private static final int VOCABULARY = 400;

  private static List<TokenSequence> inputs(PytorchSession session, int count, int longest) {
    Random random = new Random(SEED);
    List<TokenSequence> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] ids = random.ints(1 + random.nextInt(longest), 5, VOCABULARY).toArray();
      inputs.add(session.sequence(ids));
    }
    return inputs;
  }

  @Test
  void paddedBatchesAgreeWithSingleInputs() {
    try (PytorchSession batched = Goldens.open("bert");
        PytorchSession single =
            PytorchEngine.openSession(Goldens.folder("bert"), new EngineSettings(1, 1))) {
      List<TokenSequence> inputs = inputs(batched, 21, 40);
      CaptureRequest request = RecordedCheckpoint.everything(Target.predicted());
      List<Capture> together = batched.capture(inputs, request);
      List<Capture> alone = single.capture(inputs, request);
      for (int i = 0; i < inputs.size(); i++) {
        assertEquals(inputs.get(i), together.get(i).tokens());
        List<float[]> expected = numbers(alone.get(i));
        List<float[]> actual = numbers(together.get(i));
        for (int k = 0; k < expected.size(); k++) {
          assertClose("input " + i + " array " + k, expected.get(k), actual.get(k), 1e-5, 1e-4);
        }
      }
    }
  }

  @Test
  void repeatedCapturesAreEqualBitByBit() {
    try (PytorchSession session = Goldens.open("roberta")) {
      List<TokenSequence> inputs = inputs(session, 9, 20);
      CaptureRequest request = RecordedCheckpoint.everything(Target.predicted());
      List<Capture> first = session.capture(inputs, request);
      for (int i = 0; i < 20; i++) {
        // Whatever native code still reads must survive this.
        System.gc();
        assertSame(first, session.capture(inputs, request));
      }
    }
  }

  @Test
  void threadsGiveTheBitsOfASerialRun() throws Exception {
    try (PytorchSession session = Goldens.open("electra")) {
      List<TokenSequence> inputs = inputs(session, 16, 30);
      CaptureRequest request = RecordedCheckpoint.everything(Target.predicted());
      List<List<Capture>> serial = new ArrayList<>();
      for (TokenSequence input : inputs) {
        serial.add(session.capture(List.of(input), request));
      }
      ExecutorService pool = Executors.newFixedThreadPool(4);
      try {
        List<Future<List<Capture>>> running = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
          for (TokenSequence input : inputs) {
            running.add(pool.submit(() -> session.capture(List.of(input), request)));
          }
        }
        for (int i = 0; i < running.size(); i++) {
          assertSame(serial.get(i % inputs.size()), running.get(i).get());
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }

  @Test
  void attentionRowsSumToOne() {
    try (PytorchSession session = Goldens.open("distilbert")) {
      for (Capture capture :
          session.capture(
              inputs(session, 5, 12), CaptureRequest.attentionAndGradient(Target.predicted()))) {
        for (AttentionLayer layer : capture.attention(AttentionKind.ENCODER)) {
          float[] values = layer.attention().values();
          int n = layer.keyCount();
          for (int row = 0; row < values.length; row += n) {
            double sum = 0;
            for (int key = 0; key < n; key++) {
              sum += values[row + key];
            }
            assertEquals(1, sum, 1e-5);
          }
        }
      }
    }
  }

  @Test
  void contrastIsTheDifferenceOfTwoGradients() {
    try (PytorchSession session = Goldens.open("bert")) {
      List<TokenSequence> inputs = inputs(session, 3, 8);
      Target two = new Target.Index(2);
      Target zero = new Target.Index(0);
      List<Capture> both =
          session.capture(inputs, CaptureRequest.attentionAndGradient(new Target.Contrast("2/0")));
      List<Capture> left = session.capture(inputs, CaptureRequest.attentionAndGradient(two));
      List<Capture> right = session.capture(inputs, CaptureRequest.attentionAndGradient(zero));
      for (int i = 0; i < inputs.size(); i++) {
        float[] a = gradients(left.get(i));
        float[] b = gradients(right.get(i));
        for (int k = 0; k < a.length; k++) {
          a[k] -= b[k];
        }
        assertClose("contrast", a, gradients(both.get(i)), 1e-5, 1e-4);
      }
    }
  }

  @Test
  void onlyWhatWasAskedForIsReturned() {
    try (PytorchSession session = Goldens.open("bert")) {
      TokenSequence input = session.sequence(new int[] {2, 7, 9, 3});
      Capture plain =
          session
              .capture(
                  List.of(input),
                  new CaptureRequest(Target.predicted(), EnumSet.of(Quantity.ATTENTION)))
              .get(0);
      assertFalse(plain.attention(AttentionKind.ENCODER).get(0).gradient().isPresent());
      assertTrue(plain.hiddenStates().isEmpty());
      Capture logitsOnly =
          session.capture(List.of(input), new CaptureRequest(Target.predicted(), Set.of())).get(0);
      assertTrue(logitsOnly.attention().isEmpty());
      assertArrayEquals(plain.logits(), logitsOnly.logits());
      assertArrayEquals(plain.logits(), session.logits(List.of(input)).get(0));
      assertTrue(
          session.capture(List.of(), RecordedCheckpoint.everything(Target.predicted())).isEmpty());
    }
  }

  @Test
  void embeddingsHaveTheirOwnWidth() {
    try (PytorchSession session = Goldens.open("electra")) {
      TokenSequence input = session.sequence(new int[] {2, 7, 9, 3});
      Capture capture =
          session
              .capture(List.of(input), RecordedCheckpoint.everything(new Target.Index(0)))
              .get(0);
      assertArrayEquals(new int[] {4, 24}, capture.embeddings().shape());
      assertArrayEquals(new int[] {4, 24}, capture.embeddingGradient().shape());
      assertArrayEquals(new int[] {4, 48}, capture.hiddenStates().get(0).shape());
    }
  }

  /** The limit falls with the length; batches must respect it and keep the order of inputs. */
  @Test
  void longInputsGoIntoSmallerBatches() {
    try (PytorchSession session = Goldens.open("bert")) {
      List<TokenSequence> inputs = inputs(session, 50, 40);
      List<Integer> sizes = new ArrayList<>();
      List<TokenSequence> results =
          Batches.apply(
              inputs,
              true,
              longest -> Math.max(1, 100 / longest),
              batch -> {
                int longest = batch.stream().mapToInt(TokenSequence::size).max().orElseThrow();
                assertTrue(batch.size() <= Math.max(1, 100 / longest));
                sizes.add(batch.size());
                return batch;
              });
      assertEquals(inputs, results);
      assertTrue(sizes.size() > 1);
    }
    CaptureMemory base = new CaptureMemory(12, 12, 768, 3072, 0, 0, OpenModel.costs(1));
    CaptureRequest request = CaptureRequest.attentionAndGradient(Target.predicted());
    assertEquals(16, base.atOnce(20, 16, request));
    assertEquals(1, base.atOnce(512, 16, request));
  }

  @Test
  void aClosedSessionSaysSo() {
    PytorchSession session = Goldens.open("bert");
    TokenSequence input = session.sequence(new int[] {2, 7, 3});
    session.close();
    session.close();
    assertThrows(IllegalStateException.class, () -> session.logits(List.of(input)));
  }

  private static void assertSame(List<Capture> expected, List<Capture> actual) {
    for (int i = 0; i < expected.size(); i++) {
      List<float[]> left = numbers(expected.get(i));
      List<float[]> right = numbers(actual.get(i));
      for (int k = 0; k < left.size(); k++) {
        assertArrayEquals(left.get(k), right.get(k), "input " + i + " array " + k);
      }
    }
  }

  private static List<float[]> numbers(Capture capture) {
    List<float[]> numbers = new ArrayList<>();
    numbers.add(capture.logits());
    for (AttentionLayer layer : capture.attention(AttentionKind.ENCODER)) {
      numbers.add(layer.attention().values());
      numbers.add(layer.gradient().orElseThrow().values());
    }
    capture.hiddenStates().forEach(tensor -> numbers.add(tensor.values()));
    capture.hiddenStateGradients().forEach(tensor -> numbers.add(tensor.values()));
    numbers.add(capture.embeddings().values());
    numbers.add(capture.embeddingGradient().values());
    return numbers;
  }

  private static float[] gradients(Capture capture) {
    List<FloatTensor> gradients =
        capture.attention(AttentionKind.ENCODER).stream()
            .map(layer -> layer.gradient().orElseThrow())
            .toList();
    return RecordedCheckpoint.stack(gradients);
  }
}
