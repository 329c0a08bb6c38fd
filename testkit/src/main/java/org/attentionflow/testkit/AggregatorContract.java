package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Quantity;
import org.attentionflow.information.Aggregator;
import org.attentionflow.tensor.FloatTensor;
import org.junit.jupiter.api.Test;

/** What every aggregator owes. A provider's test is this class with {@link #plugin} filled in. */
public abstract class AggregatorContract extends PluginContract<Aggregator> {
  private static final int HEADS = 3;
  private static final int QUERIES = 4;
  private static final int KEYS = 6;

  /** For the interface {@link Aggregator}. */
  protected AggregatorContract() {
    super(Aggregator.class);
  }

  @Test
  void needsAttentionAndAtMostItsGradient() {
    assertFalse(plugin().needs().isEmpty());
    assertTrue(
        EnumSet.of(Quantity.ATTENTION, Quantity.ATTENTION_GRADIENT).containsAll(plugin().needs()),
        "an aggregator sees nothing but a layer: " + plugin().needs());
  }

  /** {@link CheckedAggregator} does the checking: written, finite, not negative, input kept. */
  @Test
  void writesInformationForEveryQueryAndKey() {
    for (long seed = 0; seed < 20; seed++) {
      AttentionLayer layer = layer(plugin(), seed);
      for (int head = 0; head < HEADS; head++) {
        information(new CheckedAggregator(plugin()), layer, head);
      }
    }
  }

  @Test
  void givesTheSameBitsAgainWhateverCameBetween() {
    Aggregator aggregator = plugin();
    AttentionLayer layer = layer(aggregator, 1);
    double[] once = information(aggregator, layer, 1);
    information(aggregator, layer(aggregator, 2), 0);
    assertArrayEquals(once, information(aggregator, layer, 1), 0);
    assertArrayEquals(once, information(plugin(), layer, 1), 0);
  }

  /** Whatever part of the elements is asked for, and whatever the others are. */
  @Test
  void readsOneElementOnly() {
    AttentionLayer layer = layer(plugin(), 3);
    double[] all = new double[HEADS * QUERIES * KEYS];
    plugin().elements(layer, 0, all);
    for (int i = 0; i < all.length; i++) {
      AttentionLayer other = layer(plugin(), 3);
      keepOnly(i, other.attention().values());
      int kept = i;
      other.gradient().ifPresent(gradient -> keepOnly(kept, gradient.values()));
      double[] one = new double[1];
      plugin().elements(other, i, one);
      assertEquals(all[i], one[0], 0, "element " + i);
    }
  }

  private static void keepOnly(int index, float[] values) {
    float kept = values[index];
    Arrays.fill(values, 0.5f);
    values[index] = kept;
  }

  /** The gradient is there only if it is needed. */
  private static AttentionLayer layer(Aggregator aggregator, long seed) {
    Random random = new Random(seed);
    float[] attention = new float[HEADS * QUERIES * KEYS];
    float[] gradient = new float[attention.length];
    for (int row = 0; row < HEADS * QUERIES; row++) {
      float sum = 0;
      for (int i = row * KEYS; i < (row + 1) * KEYS; i++) {
        attention[i] = 1 - random.nextFloat();
        sum += attention[i];
      }
      for (int i = row * KEYS; i < (row + 1) * KEYS; i++) {
        attention[i] /= sum;
        gradient[i] = random.nextFloat() - 0.5f;
      }
    }
    FloatTensor values = FloatTensor.of(attention, HEADS, QUERIES, KEYS);
    return aggregator.needs().contains(Quantity.ATTENTION_GRADIENT)
        ? AttentionLayer.of(values, FloatTensor.of(gradient, HEADS, QUERIES, KEYS))
        : AttentionLayer.of(values);
  }

  private static double[] information(Aggregator aggregator, AttentionLayer layer, int head) {
    double[] into = new double[QUERIES * KEYS];
    aggregator.elements(layer, head * into.length, into);
    return into;
  }
}
