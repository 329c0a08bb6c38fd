package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.EncoderWeights;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;

/**
 * What every model engine owes that masks attention, randomises weights or shows them; what it
 * cannot do, it refuses.
 */
abstract class EngineVariantContract extends EngineGradientContract {
  /** With nothing masked it predicts as always; a masked token can be any. */
  @Test
  void predictsWithoutWhatIsMasked() {
    try (ModelSession session = open()) {
      int[] ids = inputs().get(0).clone();
      TokenSequence input = session.sequence(ids);
      BitSet third = new BitSet();
      third.set(2);
      if (!capabilities().contains(Capability.ATTENTION_MASK)) {
        assertThrows(
            UnusableInputException.class, () -> session.logits(List.of(input), List.of(third)));
        return;
      }
      float[] plain = session.logits(List.of(input)).get(0);
      float[] unmasked = session.logits(List.of(input), List.of(new BitSet())).get(0);
      assertClose(plain, unmasked, batchTolerance());
      float[] masked = session.logits(List.of(input), List.of(third)).get(0);
      assertFalse(Arrays.equals(plain, masked), "masking changes nothing");
      ids[2] = inputs().get(0)[1];
      TokenSequence other = session.sequence(ids);
      assertArrayEquals(masked, session.logits(List.of(other), List.of(third)).get(0));
    }
  }

  /** Depth by depth another model, the same for the same seed, and this one stays as it is. */
  @Test
  void randomisesWeights() {
    try (ModelSession session = open()) {
      if (!capabilities().contains(Capability.RANDOM_WEIGHTS)) {
        assertThrows(UnusableInputException.class, () -> session.withRandomWeights(1, 1));
        return;
      }
      List<TokenSequence> input = sequences(session).subList(0, 1);
      int deepest = session.model().layerCount() + 2;
      float[] before = session.logits(input).get(0);
      List<float[]> seen = new ArrayList<>(List.of(before));
      for (int depth = 1; depth <= deepest; depth++) {
        float[] random = randomLogits(session, input, depth, 1);
        assertArrayEquals(random, randomLogits(session, input, depth, 1));
        assertFalse(Arrays.equals(random, randomLogits(session, input, depth, 2)));
        seen.add(random);
      }
      assertEquals(
          seen.size(), seen.stream().map(Arrays::toString).distinct().count(), "every part counts");
      assertArrayEquals(before, session.logits(input).get(0));
      assertThrows(UnusableInputException.class, () -> session.withRandomWeights(0, 1));
      assertThrows(UnusableInputException.class, () -> session.withRandomWeights(deepest + 1, 1));
    }
  }

  private static float[] randomLogits(
      ModelSession session, List<TokenSequence> input, int depth, long seed) {
    try (ModelSession random = session.withRandomWeights(depth, seed)) {
      return random.logits(input).get(0);
    }
  }

  /** Shapes; the numbers are tested by whoever computes with them. */
  @Test
  void showsTheWeightsOfAnEncoder() {
    try (ModelSession session = open()) {
      if (!capabilities().contains(Capability.ENCODER_WEIGHTS)) {
        assertThrows(UnusableInputException.class, session::encoderWeights);
        return;
      }
      int hidden = session.model().hiddenSize();
      EncoderWeights weights = session.encoderWeights();
      for (EncoderWeights.Layer layer : weights.layers()) {
        assertArrayEquals(new int[] {hidden, hidden}, layer.value().weight().shape());
        assertArrayEquals(new int[] {hidden}, layer.outputNorm().bias().shape());
        assertEquals(session.model().headCount(), layer.headCount());
      }
      assertEquals(
          session.logits(sequences(session).subList(0, 1)).get(0).length,
          weights.head().output().weight().size(0));
    }
  }
}
