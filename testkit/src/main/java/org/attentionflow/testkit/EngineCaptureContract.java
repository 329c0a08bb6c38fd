package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.LayerReduction;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.ReducedCapture;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;

/**
 * What every model engine owes of captures, whole and reduced: the same bits again, alone or not.
 */
abstract class EngineCaptureContract extends EngineUnderTest {
  /** Shapes, order and rows that sum to 1 are checked by {@link CheckedModelSession}. */
  @Test
  void capturesExactlyWhatIsAskedFor() {
    List<EnumSet<Quantity>> requests = new ArrayList<>();
    requests.add(EnumSet.noneOf(Quantity.class));
    requests.add(EnumSet.of(Quantity.ATTENTION));
    requests.add(EnumSet.of(Quantity.ATTENTION, Quantity.ATTENTION_GRADIENT));
    if (capabilities().contains(Capability.HIDDEN_STATES)) {
      requests.add(EnumSet.of(Quantity.HIDDEN_STATES));
      requests.add(EnumSet.allOf(Quantity.class));
    }
    try (ModelSession session = open()) {
      for (EnumSet<Quantity> quantities : requests) {
        assumeCapabilities(quantities);
        session.capture(sequences(session), new CaptureRequest(Target.predicted(), quantities));
      }
    }
  }

  @Test
  void predictsWhatItCaptures() {
    try (ModelSession session = open()) {
      for (TokenSequence input : sequences(session)) {
        float[] logits = session.logits(List.of(input)).get(0);
        assertClose(logits, capture(session, input).logits(), batchTolerance());
      }
    }
  }

  @Test
  void givesTheSameBitsAgainWhateverCameBetween() {
    try (ModelSession session = open()) {
      TokenSequence input = sequences(session).get(0);
      Capture once = capture(session, input);
      sequences(session).forEach(other -> capture(session, other));
      assertSame(once, capture(session, input), 0);
    }
  }

  @Test
  void givesAnInputAloneTheNumbersOfTheBatch() {
    try (ModelSession session = open()) {
      List<TokenSequence> inputs = sequences(session);
      List<Capture> batch = session.capture(inputs, request());
      for (int i = 0; i < inputs.size(); i++) {
        assertSame(capture(session, inputs.get(i)), batch.get(i), batchTolerance());
      }
    }
  }

  /** Any function of attention and gradient will do; this one tells all entries apart. */
  @Test
  void reducesLayersAsTheyComeToTheBitsOfTheWhole() {
    LayerReduction reduction =
        layer -> {
          int size = layer.queryCount() * layer.keyCount();
          double[] sum = new double[size];
          float[] attention = layer.attention().values();
          for (int i = 0; i < attention.length; i++) {
            int at = i;
            float gradient = layer.gradient().map(values -> values.values()[at]).orElse(1f);
            sum[i % size] += (1 + i / size) * (double) attention[i] * gradient;
          }
          return Matrix.of(layer.queryCount(), layer.keyCount(), sum);
        };
    try (ModelSession session = open()) {
      List<TokenSequence> inputs = sequences(session);
      List<Capture> whole = session.capture(inputs, request());
      List<ReducedCapture> reduced = session.captureReduced(inputs, request(), reduction);
      for (int i = 0; i < inputs.size(); i++) {
        ReducedCapture expected = ReducedCapture.of(whole.get(i), reduction);
        assertEquals(expected.target(), reduced.get(i).target());
        assertArrayEquals(expected.logits(), reduced.get(i).logits());
        assertEquals(expected.layers().keySet(), reduced.get(i).layers().keySet());
        for (AttentionKind kind : expected.layers().keySet()) {
          List<Matrix> layers = expected.layers(kind);
          for (int layer = 0; layer < layers.size(); layer++) {
            assertArrayEquals(
                layers.get(layer).values(), reduced.get(i).layers(kind).get(layer).values());
          }
        }
      }
    }
  }

  @Test
  void capturesOnSeveralThreadsAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ModelSession session = open()) {
      List<TokenSequence> inputs = sequences(session);
      List<Capture> alone = inputs.stream().map(input -> capture(session, input)).toList();
      List<Future<Capture>> together = new ArrayList<>();
      for (int i = 0; i < 8 * inputs.size(); i++) {
        TokenSequence input = inputs.get(i % inputs.size());
        together.add(threads.submit(() -> capture(session, input)));
      }
      for (int i = 0; i < together.size(); i++) {
        assertSame(alone.get(i % inputs.size()), together.get(i).get(), 0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesAClassThatDoesNotExist() {
    try (ModelSession session = open()) {
      TokenSequence input = sequences(session).get(0);
      int classes = session.logits(List.of(input)).get(0).length;
      CaptureRequest request = CaptureRequest.attentionAndGradient(new Target.Index(classes));
      assertThrows(UnusableInputException.class, () -> session.capture(List.of(input), request));
    }
  }
}
