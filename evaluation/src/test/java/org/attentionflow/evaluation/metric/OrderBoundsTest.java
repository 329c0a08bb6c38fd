package org.attentionflow.evaluation.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.attentionflow.evaluation.metric.faithfulness.OrderBounds;
import org.attentionflow.evaluation.perturbation.ValueFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds of AOPC against all N! orders, one by one. */
class OrderBoundsTest {
  private static final int SIZE = 6;
  private static final double EXACT = 1e-12;

  private final Metric aopc = Metrics.load().get("aopc");
  private final Metric naopc = Metrics.load().get("naopc");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void areThoseOfAllOrders(long seed) {
    ValueFunction game = Games.random(SIZE, seed);
    for (MetricSettings settings :
        List.of(
            MetricSettings.defaults(),
            MetricSettings.defaults().withGrid(List.of()),
            MetricSettings.defaults().withGrid(List.of(0.3, 0.3, 0.8)),
            MetricSettings.defaults().withAbsolute(true))) {
      double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
      everyOrder(
          new int[SIZE],
          0,
          order -> {
            double value = reach(game, order, settings);
            range[0] = Math.min(range[0], value);
            range[1] = Math.max(range[1], value);
          });
      OrderBounds bounds = OrderBounds.find(game, Games.TARGET, settings);
      assertTrue(bounds.exact());
      assertEquals(range[0], bounds.lower(), EXACT);
      assertEquals(range[1], bounds.upper(), EXACT);
      assertEquals(bounds.lower(), reach(game, bounds.lowerOrder(), settings), EXACT);
      assertEquals(bounds.upper(), reach(game, bounds.upperOrder(), settings), EXACT);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void searchesReachWhatTheySayAndNoMoreThanThereIs(long seed) {
    ValueFunction game = Games.random(9, seed);
    MetricSettings settings = MetricSettings.defaults();
    OrderBounds exact = OrderBounds.find(game, Games.TARGET, settings);
    OrderBounds found = OrderBounds.find(game, Games.TARGET, settings.withSearch(0, 3));
    assertFalse(found.exact());
    assertEquals(found.lower(), reach(game, found.lowerOrder(), settings), EXACT);
    assertEquals(found.upper(), reach(game, found.upperOrder(), settings), EXACT);
    assertTrue(found.lower() >= exact.lower() - EXACT && found.upper() <= exact.upper() + EXACT);
    // A beam that keeps every set is exact.
    OrderBounds wide = OrderBounds.find(game, Games.TARGET, settings.withSearch(0, 200));
    assertEquals(exact.lower(), wide.lower(), EXACT);
    assertEquals(exact.upper(), wide.upper(), EXACT);
  }

  /** Removing anything raises p: the best order is still below 0. */
  @Test
  void canBeBelowZero() {
    ValueFunction game = Games.additive(0.2, -0.1, -0.2, -0.3);
    MetricSettings settings = MetricSettings.defaults().withGrid(List.of());
    OrderBounds bounds = OrderBounds.find(game, Games.TARGET, settings);
    assertEquals(-(0.1 + 0.3 + 0.6) / 3, bounds.upper(), EXACT);
    assertEquals(-(0.3 + 0.5 + 0.6) / 3, bounds.lower(), EXACT);
    assertArrayEquals(new int[] {0, 1, 2}, bounds.upperOrder());
  }

  @Test
  void naopcIsOneForTheBestOrderAndZeroForTheWorst() {
    ValueFunction game = Games.random(SIZE, 11);
    MetricInput input = Games.input(game, Games.scores(SIZE, 12));
    OrderBounds bounds = OrderBounds.find(game, Games.TARGET, input.settings());
    assertEquals(1, value(input.withScores(Ranking.scores(bounds.upperOrder()))), EXACT);
    assertEquals(0, value(input.withScores(Ranking.scores(bounds.lowerOrder()))), EXACT);
    double plain = aopc.evaluate(input).value().orElseThrow();
    assertEquals((plain - bounds.lower()) / (bounds.upper() - bounds.lower()), value(input), EXACT);
  }

  @Test
  void naopcOfWhatNothingChangesIsUndefined() {
    MetricInput input = Games.input(Games.of(4, removed -> 0.5), 4, 3, 2, 1);
    assertTrue(naopc.evaluate(input).value().isEmpty());
  }

  private double value(MetricInput input) {
    return naopc.evaluate(input).value().orElseThrow();
  }

  private double reach(ValueFunction game, int[] order, MetricSettings settings) {
    MetricInput input = Games.input(game, Ranking.scores(order)).withSettings(settings);
    return aopc.evaluate(input).value().orElseThrow();
  }

  private static void everyOrder(int[] order, int place, Consumer<int[]> consumer) {
    if (place == order.length) {
      consumer.accept(order);
      return;
    }
    for (int feature = 0; feature < order.length; feature++) {
      boolean used = false;
      for (int i = 0; i < place; i++) {
        used |= order[i] == feature;
      }
      if (!used) {
        order[place] = feature;
        everyOrder(order, place + 1, consumer);
      }
    }
  }
}
