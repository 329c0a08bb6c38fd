package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.information.Aggregation;
import org.attentionflow.information.Aggregator;
import org.attentionflow.information.AttentionAggregator;
import org.attentionflow.information.AttentionGradientAggregator;
import org.attentionflow.information.GradientAggregator;
import org.attentionflow.information.HeadReduction;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.information.ResidualConnection;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.tensor.Matrix;
import org.junit.jupiter.api.Test;

/** Aggregators, head reductions and the residual option on two heads worked out by hand. */
class AggregationTest {
  /** All numbers are short binary fractions, so every result is exact. */
  private static final AttentionLayer LAYER =
      AttentionLayer.of(
          FloatTensor.of(new float[] {.25f, .75f, .5f, .5f, 1, 0, .125f, .875f}, 2, 2, 2),
          FloatTensor.of(new float[] {4, -2, 0, 1, -8, 3, 2, 1}, 2, 2, 2));

  @Test
  void attention() {
    assertInformation(new AttentionAggregator(), HeadReduction.MEAN, .625, .375, .3125, .6875);
    assertInformation(new AttentionAggregator(), HeadReduction.MAX, 1, .75, .5, .875);
    assertInformation(new AttentionAggregator(), HeadReduction.SUM, 1.25, .75, .625, 1.375);
  }

  /** Clipped before the mean: the head with −8 does not cancel the one with 4. */
  @Test
  void gradient() {
    assertInformation(new GradientAggregator(), HeadReduction.MEAN, 2, 1.5, 1, 1);
    assertInformation(new GradientAggregator(), HeadReduction.MAX, 4, 3, 2, 1);
    assertInformation(new GradientAggregator(), HeadReduction.SUM, 4, 3, 2, 2);
  }

  @Test
  void attentionGradient() {
    Aggregator aggregator = new AttentionGradientAggregator();
    assertInformation(aggregator, HeadReduction.MEAN, .5, 0, .125, .6875);
    assertInformation(aggregator, HeadReduction.MAX, 1, 0, .25, .875);
    assertInformation(aggregator, HeadReduction.SUM, 1, 0, .25, 1.375);
  }

  /** ½Ā + ½I with rows scaled to 1: (Ā + I) / (row sum + 1). */
  @Test
  void residual() {
    Aggregation aggregation =
        new Aggregation(new GradientAggregator(), HeadReduction.MEAN, ResidualConnection.HALF);
    double[] expected = {3 / 4.5, 1.5 / 4.5, 1 / 3.0, 2 / 3.0};
    assertArrayEquals(expected, aggregation.layer(LAYER).values(), 1e-15);
  }

  /** There is no identity between tokens of the input and of the output. */
  @Test
  void residualLeavesCrossAttentionAlone() {
    AttentionLayer cross =
        AttentionLayer.of(FloatTensor.of(new float[] {.25f, .5f, .25f}, 1, 1, 3));
    Aggregation aggregation =
        new Aggregation(new AttentionAggregator(), HeadReduction.MEAN, ResidualConnection.HALF);
    assertArrayEquals(new double[] {.25, .5, .25}, aggregation.layer(cross).values());
  }

  @Test
  void aValueThatIsNoNumberIsRefusedWithItsPlace() {
    AttentionLayer broken =
        AttentionLayer.of(
            FloatTensor.of(new float[] {.5f, .5f, .5f, .5f}, 1, 2, 2),
            FloatTensor.of(new float[] {1, 1, Float.NaN, 1}, 1, 2, 2));
    for (Aggregator aggregator :
        List.of(new GradientAggregator(), new AttentionGradientAggregator())) {
      for (HeadReduction heads : HeadReduction.values()) {
        Aggregation aggregation = new Aggregation(aggregator, heads, ResidualConnection.NONE);
        String message =
            assertThrows(
                    UnusableInputException.class, () -> aggregation.apply(List.of(LAYER, broken)))
                .getMessage();
        assertTrue(
            message.startsWith("The information of layer 1 from key 0 to query 1 is NaN"), message);
      }
    }
  }

  /** A layer of more elements than are reduced at a time, and no multiple of them. */
  @Test
  void everyElementOfALargeLayerIsReduced() {
    int queries = 80;
    int keys = 81;
    float[] values = new float[3 * queries * keys];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    AttentionLayer layer = AttentionLayer.of(FloatTensor.of(values, 3, queries, keys));
    for (HeadReduction heads : HeadReduction.values()) {
      Matrix reduced =
          new Aggregation(new AttentionAggregator(), heads, ResidualConnection.NONE).layer(layer);
      for (int i = 0; i < queries * keys; i++) {
        double a = values[i];
        double b = values[queries * keys + i];
        double c = values[2 * queries * keys + i];
        double expected =
            switch (heads) {
              case MEAN -> (a + b + c) / 3;
              case MAX -> Math.max(a, Math.max(b, c));
              case SUM -> a + b + c;
            };
        assertEquals(expected, reduced.values()[i], 0, heads + " element " + i);
      }
    }
  }

  /** Even minus infinity, which no positive part should hide. */
  @Test
  void aLayerHasTheSameBitsOnAnyNumberOfThreads() {
    int size = 211;
    SplittableRandom random = new SplittableRandom(4);
    float[] attention = new float[5 * size * size];
    float[] gradient = new float[attention.length];
    for (int i = 0; i < attention.length; i++) {
      attention[i] = (float) random.nextDouble();
      gradient[i] = (float) random.nextDouble(-1, 1);
    }
    AttentionLayer layer =
        AttentionLayer.of(
            FloatTensor.of(attention, 5, size, size), FloatTensor.of(gradient, 5, size, size));
    Aggregation aggregation =
        new Aggregation(
            new AttentionGradientAggregator(), HeadReduction.MEAN, ResidualConnection.HALF);
    double[] alone = aggregation.layer(layer).values();
    for (int threads = 1; threads <= 4; threads++) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      assertArrayEquals(alone, pool.submit(() -> aggregation.layer(layer)).join().values());
      pool.shutdown();
    }
  }

  @Test
  void anInfiniteGradientIsRefused() {
    AttentionLayer broken =
        AttentionLayer.of(
            FloatTensor.of(new float[] {.5f}, 1, 1, 1),
            FloatTensor.of(new float[] {Float.NEGATIVE_INFINITY}, 1, 1, 1));
    for (Aggregator aggregator :
        List.of(new GradientAggregator(), new AttentionGradientAggregator())) {
      Aggregation aggregation =
          new Aggregation(aggregator, HeadReduction.MEAN, ResidualConnection.NONE);
      assertThrows(UnusableInputException.class, () -> aggregation.apply(List.of(broken)));
    }
  }

  @Test
  void negativeInformationIsRefused() {
    Matrix negative = Matrix.ofRows(new double[][] {{0, -0.3}, {0, 0}});
    assertThrows(UnusableInputException.class, () -> InformationTensor.of(List.of(negative)));
    Matrix infinite = Matrix.ofRows(new double[][] {{Double.POSITIVE_INFINITY}});
    assertThrows(UnusableInputException.class, () -> InformationTensor.of(List.of(infinite)));
  }

  private static void assertInformation(
      Aggregator aggregator, HeadReduction heads, double... expected) {
    Aggregation aggregation = new Aggregation(aggregator, heads, ResidualConnection.NONE);
    Matrix information = aggregation.layer(LAYER);
    assertEquals(2, information.rowCount());
    assertArrayEquals(expected, information.values());
  }
}
