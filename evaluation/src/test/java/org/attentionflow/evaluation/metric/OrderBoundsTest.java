package org.attentionflow.evaluation.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.attentionflow.evaluation.metric.faithfulness.BoundSearch;
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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void blocksReachWhatTheySayAndNoMoreThanThereIs(long seed) {
    ValueFunction game = Games.random(12, seed);
    MetricSettings settings = MetricSettings.defaults().withGrid(List.of(0.25, 0.5));
    OrderBounds exact = OrderBounds.find(game, Games.TARGET, settings, 0);
    assertEquals(BoundSearch.EXACT, exact.search());
    for (int width : new int[] {1, 3}) {
      OrderBounds found = OrderBounds.find(game, Games.TARGET, settings.withSearch(0, width), 11);
      assertEquals(BoundSearch.BLOCKS, found.search());
      assertEquals(found.lower(), reach(game, found.lowerOrder(), settings), EXACT);
      assertEquals(found.upper(), reach(game, found.upperOrder(), settings), EXACT);
      assertTrue(found.lower() >= exact.lower() - EXACT && found.upper() <= exact.upper() + EXACT);
      assertEquals(12, Arrays.stream(found.upperOrder()).distinct().count());
    }
  }

  /** Where features do not act together, what each does alone is all there is to know. */
  @Test
  void blocksAreExactWhereDropsAddUp() {
    ValueFunction game =
        Games.additive(0.6, 0.01, -0.03, 0.09, 0.05, -0.02, 0.04, 0.11, -0.05, 0.02, 0.03);
    MetricSettings settings = MetricSettings.defaults().withGrid(List.of(0.3, 0.5));
    OrderBounds exact = OrderBounds.find(game, Games.TARGET, settings);
    OrderBounds found = OrderBounds.find(game, Games.TARGET, settings.withSearch(0, 1), 0);
    assertEquals(BoundSearch.BLOCKS, found.search());
    assertEquals(exact.upper(), found.upper(), EXACT);
    assertEquals(exact.lower(), found.lower(), EXACT);
  }

  /** With a grid of every count, a block is one feature. */
  @Test
  void blocksOfOneFeatureAreTheBeam() {
    MetricSettings settings = MetricSettings.defaults().withGrid(List.of()).withSearch(0, 3);
    ValueFunction game = Games.random(9, 4);
    OrderBounds beam = OrderBounds.find(game, Games.TARGET, settings, 9);
    OrderBounds blocks = OrderBounds.find(game, Games.TARGET, settings, 8);
    assertEquals(BoundSearch.BEAM, beam.search());
    assertEquals(BoundSearch.BLOCKS, blocks.search());
    assertArrayEquals(beam.upperOrder(), blocks.upperOrder());
    assertArrayEquals(beam.lowerOrder(), blocks.lowerOrder());
  }

  /**
   * No feature does anything alone, two of them together everything: forward, all rankings are
   * ties; backward, the two are seen.
   */
  @Test
  void whatFeaturesOnlyDoTogetherIsFoundBackward() {
    ValueFunction game = Games.of(10, set -> set.get(7) && set.get(4) ? 0.1 : 0.9);
    MetricSettings settings = MetricSettings.defaults().withGrid(List.of(0.2)).withSearch(0, 1);
    assertEquals(0, OrderBounds.find(game, Games.TARGET, settings).upper(), EXACT);
    OrderBounds found = OrderBounds.find(game, Games.TARGET, settings, 0);
    assertEquals(0.8, found.upper(), EXACT);
    assertEquals(0.8, reach(game, found.upperOrder(), settings), EXACT);
  }

  /** One ranking of what is left per count of the grid and direction, and what it leads to. */
  @Test
  void blocksAskFewQuestions() {
    int size = 18;
    List<BitSet> asked = new ArrayList<>();
    ValueFunction game = Games.random(size, 5);
    ValueFunction counting =
        new ValueFunction() {
          @Override
          public int size() {
            return game.size();
          }

          @Override
          public String removal() {
            return game.removal();
          }

          @Override
          public double[][] logProbabilities(List<BitSet> removed) {
            asked.addAll(removed);
            return game.logProbabilities(removed);
          }

          @Override
          public SortedMap<BitSet, double[]> evaluated() {
            return game.evaluated();
          }
        };
    MetricSettings settings = MetricSettings.defaults().withSearch(0, 1);
    OrderBounds.find(counting, Games.TARGET, settings, 0);
    long distinct = asked.stream().distinct().count();
    // Counts 2, 4, 6, 8, 9 of 18. Forward, for either bound 18 + 16 + 14 + 12 + 10 sets of one more
    // feature and four new blocks (the last is a set asked for before); the first 18 and x itself
    // are shared. Backward, 18 (shared) + 9 + 8 + 6 + 4 sets and four blocks.
    int forward = 18 + 2 * (16 + 14 + 12 + 10 + 4);
    int backward = 18 + 2 * (9 + 8 + 6 + 4 + 4);
    assertEquals(1 + forward + backward, distinct);
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
