package org.attentionflow.huggingface.session;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Target;
import org.junit.jupiter.api.Test;

/** Sizes that a graph was saved for, in forecasts and trials. */
class CaptureMemoryTest {
  private static final int LAYERS = 3;
  private static final int HEADS = 4;
  private static final int TOKENS = 10;
  private static final NativeCosts COSTS = new NativeCosts(1 << 20, 1L << 30, 8, 3, 20, 8, true);
  private static final CaptureRequest REQUEST =
      CaptureRequest.attentionAndGradient(Target.predicted());

  private static long bytes(int fixedBatch, int inputCount) {
    return new CaptureMemory(LAYERS, HEADS, 48, 96, 0, fixedBatch, COSTS)
        .bytes(TOKENS, inputCount, 16, REQUEST);
  }

  /** A call filled up to eight inputs needs what one of eight does, but for what is returned. */
  @Test
  void aFixedBatchIsFilledUp() {
    long returned = 2L * Float.BYTES * LAYERS * HEADS * TOKENS * TOKENS;
    assertEquals(bytes(0, 8) - 7 * returned, bytes(8, 1));
    assertEquals(bytes(0, 8), bytes(8, 8));
    assertEquals(bytes(0, 1), bytes(-1, 1));
  }

  @Test
  void trialsAreSmall() {
    assertEquals(2, TrialInput.of(-1, -1).size());
    assertEquals(2, TrialInput.of(0, 4).size());
    assertEquals(128, TrialInput.of(128, 1).size());
    assertEquals(2048, TrialInput.of(2048, 1).size());
    assertRefused(() -> TrialInput.of(2048, 2), "2 times 2048 tokens, too many to try it", "Maybe");
    assertRefused(() -> TrialInput.of(Integer.MAX_VALUE, Integer.MAX_VALUE), "too many to try");
  }
}
