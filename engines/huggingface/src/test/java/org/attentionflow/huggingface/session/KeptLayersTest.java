package org.attentionflow.huggingface.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.tensor.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptLayersTest {
  private static final int HEADS = 3;
  private static final int WIDTH = 301;

  /** Attention of two inputs, [2, head, query, key], each number another; the gradient minus it. */
  private static NativeLayer layer() {
    return new NativeLayer(tensor(1), tensor(-1), HEADS, WIDTH);
  }

  private static PaddedTensor tensor(int sign) {
    int count = 2 * HEADS * WIDTH * WIDTH;
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(Float.BYTES * count)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < count; i++) {
      buffer.put(i, sign * (i + 1f));
    }
    return PaddedTensor.of(buffer);
  }

  private static float[] expected(int sign, int input, int length) {
    float[] values = new float[HEADS * length * length];
    int at = 0;
    for (int head = 0; head < HEADS; head++) {
      for (int query = 0; query < length; query++) {
        for (int key = 0; key < length; key++) {
          values[at++] = sign * (((input * HEADS + head) * WIDTH + query) * WIDTH + key + 1f);
        }
      }
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"1, 301", "2, 301", "3, 301", "1, 288", "2, 288", "3, 7", "2, 1"})
  void copiesOneInputWithoutItsPaddingOnAnyNumberOfThreads(int threadCount, int length) {
    try (LayerThreads threads = new LayerThreads(threadCount)) {
      KeptLayers<AttentionLayer> kept = new KeptLayers<>(2, LayerKeeping.whole(threads));
      kept.accept(0, 0, length, layer());
      kept.accept(0, 1, length, layer());
      for (int input = 0; input < 2; input++) {
        AttentionLayer copy = kept.ofInput(input).get(0);
        assertArrayEquals(expected(1, input, length), copy.attention().values());
        FloatTensor gradient = copy.gradient().orElseThrow();
        assertArrayEquals(expected(-1, input, length), gradient.values());
      }
    }
  }

  @Test
  void takesTheSameArraysForEveryLayerThatIsReduced() {
    List<float[]> arrays = new ArrayList<>();
    try (LayerThreads threads = new LayerThreads(2)) {
      LayerKeeping<Matrix> keeping =
          LayerKeeping.reduced(
              layer -> {
                arrays.add(layer.attention().values());
                arrays.add(layer.gradient().orElseThrow().values());
                return Matrix.of(1, 1, new double[] {layer.attention().values()[0]});
              },
              threads);
      KeptLayers<Matrix> kept = new KeptLayers<>(2, keeping);
      kept.accept(1, 0, WIDTH, layer());
      kept.accept(0, 1, WIDTH, layer());
      assertSame(arrays.get(0), arrays.get(2));
      assertSame(arrays.get(1), arrays.get(3));
      assertNotSame(arrays.get(0), arrays.get(1));
      assertEquals(1, kept.ofInput(0).get(0).get(0));
      assertEquals(1 + HEADS * WIDTH * WIDTH, kept.ofInput(1).get(0).get(0));
    }
  }

  @Test
  void keepsEveryWholeLayerInArraysOfItsOwn() {
    try (LayerThreads threads = new LayerThreads(1)) {
      KeptLayers<AttentionLayer> kept = new KeptLayers<>(1, LayerKeeping.whole(threads));
      kept.accept(0, 0, 2, layer());
      kept.accept(1, 0, 2, layer());
      List<AttentionLayer> layers = kept.ofInput(0);
      assertNotSame(layers.get(0).attention().values(), layers.get(1).attention().values());
    }
  }

  @Test
  void givesOneThreadToTheCallerAndMoreToThePool() {
    Set<String> names = ConcurrentHashMap.newKeySet();
    for (int count = 1; count <= 2; count++) {
      try (LayerThreads threads = new LayerThreads(count)) {
        names.add(threads.call(() -> Thread.currentThread().getName()));
      }
    }
    assertEquals(2, names.size());
    assertEquals(true, names.contains(Thread.currentThread().getName()));
  }

  @Test
  void throwsWhatAReductionThrows() {
    try (LayerThreads threads = new LayerThreads(2)) {
      LayerKeeping<Matrix> refusing =
          LayerKeeping.reduced(
              layer -> {
                throw new UnusableInputException("not finite");
              },
              threads);
      KeptLayers<Matrix> kept = new KeptLayers<>(1, refusing);
      UnusableInputException refused =
          assertThrows(UnusableInputException.class, () -> kept.accept(0, 0, 2, layer()));
      assertEquals("not finite", refused.getMessage());
    }
  }
}
