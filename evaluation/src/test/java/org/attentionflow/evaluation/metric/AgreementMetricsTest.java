package org.attentionflow.evaluation.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.attentionflow.evaluation.metric.sanity.ShapleyValues;
import org.attentionflow.evaluation.perturbation.ValueFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics that compare scores with what single features or all coalitions do. */
class AgreementMetricsTest {
  private static final double EXACT = 1e-12;

  private static MetricResult evaluate(String metric, MetricInput input) {
    return Metrics.load().get(metric).evaluate(input);
  }

  private static double value(String metric, MetricInput input) {
    return evaluate(metric, input).value().orElseThrow();
  }

  /** The drops are 0.3, 0.1, 0.2; one pair of three is discordant. */
  @Test
  void kendallOfLeaveOneOut() {
    ValueFunction game = Games.additive(0.9, 0.3, 0.1, 0.2);
    assertEquals(1, value("tau-loo", Games.input(game, 30, 1, 2)), EXACT);
    assertEquals(-1, value("tau-loo", Games.input(game, -30, -1, -2)), EXACT);
    assertEquals(1.0 / 3, value("tau-loo", Games.input(game, 3, 2, 1)), EXACT);
    // One tie: two concordant pairs of three, over √(2 · 3).
    assertEquals(2 / Math.sqrt(6), value("tau-loo", Games.input(game, 3, 1, 1)), EXACT);
    assertTrue(evaluate("tau-loo", Games.input(game, 1, 1, 1)).value().isEmpty());
  }

  /** Ranks, from the definition: how many are smaller, and half of the others that are equal. */
  @Test
  void spearmanIsPearsonOfRanks() {
    double[] x = {3, 1, 4, 1, 5, 9, 2, 6};
    double[] y = {2, 7, 1, 8, 2, 8, 1, 8};
    assertEquals(
        Correlation.pearson(countRanks(x), countRanks(y)).orElseThrow(),
        Correlation.spearman(x, y).orElseThrow(),
        EXACT);
    assertTrue(Correlation.spearman(x, new double[8]).isEmpty());
  }

  private static double[] countRanks(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(
            i -> {
              double rank = 1;
              for (int j = 0; j < values.length; j++) {
                rank += values[j] < values[i] ? 1 : values[j] == values[i] && j != i ? 0.5 : 0;
              }
              return rank;
            })
        .toArray();
  }

  /** In an additive game scores in any proportion to the drops predict every removal. */
  @Test
  void infidelityOfTheTrueScoresIsZeroAtTheirScale() {
    ValueFunction game = Games.additive(0.9, 0.3, 0.1, 0.2, 0.05);
    MetricInput input = Games.input(game, 6, 2, 4, 1).withSeed(3);
    assertEquals(0, value("infidelity", input), EXACT);
    assertEquals(0.05, evaluate("infidelity", input).details().get("scale"), EXACT);
    assertEquals(1, value("infidelity-r2", input), EXACT);
    assertTrue(evaluate("infidelity", input).details().get("unscaled") > 1);
  }

  /** No other scale is better, and the drops' own mean square is what scores of 0 leave. */
  @Test
  void infidelityIsTheLeastOverScales() {
    ValueFunction game = Games.random(5, 7);
    double[] scores = Games.scores(5, 8);
    MetricInput input = Games.input(game, scores).withSeed(9);
    double best = value("infidelity", input);
    double scale = evaluate("infidelity", input).details().get("scale");
    for (double factor : new double[] {0.9, 0.99, 1.01, 1.1}) {
      double[] scaled = scores.clone();
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] *= factor * scale;
      }
      double unscaled = evaluate("infidelity", input.withScores(scaled)).details().get("unscaled");
      assertTrue(unscaled > best, "a scale that is off by " + factor);
    }
    assertTrue(value("infidelity-r2", input) <= 1);
    assertEquals(best, value("infidelity", input), 0, "the same seed, the same sets");
    assertFalse(best == value("infidelity", input.withSeed(10)));
  }

  /** φ_i = mean over all N! orders of what i adds to those before it: the other definition. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shapleyValuesAreMeansOverOrders(long seed) {
    int size = 5;
    ValueFunction game = Games.random(size, seed);
    double[] sums = new double[size];
    int orders = addMarginals(game, new BitSet(), sums, size);
    double[] means = new double[size];
    for (int i = 0; i < size; i++) {
      means[i] = sums[i] / orders;
    }
    ShapleyValues shapley = ShapleyValues.of(game, Games.TARGET);
    assertArrayEquals(means, shapley.values(), EXACT);
    assertEquals(IntStream.range(0, size).mapToDouble(i -> means[i]).sum(), shapley.total(), EXACT);
    MetricResult result = evaluate("shapley", Games.input(game, means));
    assertEquals(1, result.value().orElseThrow(), EXACT);
    assertEquals(0, result.details().get("efficiency-gap"), EXACT);
  }

  /** Adds what each feature adds, over every order of the features that are absent. */
  private static int addMarginals(ValueFunction game, BitSet present, double[] sums, int size) {
    if (present.cardinality() == size) {
      return 1;
    }
    int orders = 0;
    for (int i = present.nextClearBit(0); i < size; i = present.nextClearBit(i + 1)) {
      BitSet grown = (BitSet) present.clone();
      grown.set(i);
      int below = addMarginals(game, grown, sums, size);
      sums[i] += below * (keep(game, grown, size) - keep(game, present, size));
      orders += below;
    }
    return orders;
  }

  private static double keep(ValueFunction game, BitSet present, int size) {
    BitSet removed = (BitSet) present.clone();
    removed.flip(0, size);
    return Games.p(game, removed);
  }

  /** Features 0 and 1 are alike, feature 3 does nothing. */
  @Test
  void axiomsAreChecked() {
    ValueFunction game =
        Games.of(
            4,
            removed -> {
              int pair = (removed.get(0) ? 1 : 0) + (removed.get(1) ? 1 : 0);
              return 0.9 - 0.1 * pair * pair - (removed.get(2) ? 0.2 : 0);
            });
    MetricResult good = evaluate("shapley", Games.input(game, 0.2, 0.2, 0.2, 0));
    assertEquals(1, good.details().get("null-players"), EXACT);
    assertEquals(0, good.details().get("null-score"), EXACT);
    assertEquals(1, good.details().get("interchangeable-pairs"), EXACT);
    assertEquals(0, good.details().get("symmetry-gap"), EXACT);
    assertEquals(0, good.details().get("efficiency-gap"), EXACT);
    MetricResult bad = evaluate("shapley", Games.input(game, 0.4, 0.1, 0, 0.2));
    assertEquals(0.5, bad.details().get("null-score"), EXACT);
    assertEquals(0.75, bad.details().get("symmetry-gap"), EXACT);
    assertEquals(0.1, bad.details().get("efficiency-gap"), EXACT);
  }

  @Test
  void tooManyFeaturesAreNotEnumerated() {
    MetricInput input = Games.input(Games.of(13, removed -> 0.5), new double[13]);
    assertTrue(evaluate("shapley", input).reason().orElseThrow().contains("13"));
  }
}
