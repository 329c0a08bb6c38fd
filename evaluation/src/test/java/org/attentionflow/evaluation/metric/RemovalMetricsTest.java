package org.attentionflow.evaluation.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.evaluation.perturbation.FeatureSets;
import org.attentionflow.evaluation.perturbation.ValueFunction;
import org.junit.jupiter.api.Test;

/** Metrics that remove the highest or lowest scores, on games with a closed form. */
class RemovalMetricsTest {
  /** p(x) = 0.9; the drops are 0.3, 0.2, 0.1, 0.05, 0.05, 0, 0, 0, 0, 0. */
  private static final double[] DROPS = {0.3, 0.2, 0.1, 0.05, 0.05, 0, 0, 0, 0, 0};

  private static final double EXACT = 1e-12;

  private final ValueFunction game = Games.additive(0.9, DROPS);

  private static double value(String metric, MetricInput input) {
    return Metrics.load().get(metric).evaluate(input).value().orElseThrow();
  }

  /** The counts are 1 … 5: drops 0.3, 0.5, 0.6, 0.65, 0.7, mean 0.55. */
  @Test
  void aopcOfTheTrueOrder() {
    assertEquals(0.55, value("aopc", Games.input(game, DROPS)), EXACT);
    MetricResult result = Metrics.load().get("aopc").evaluate(Games.input(game, DROPS));
    assertArrayEquals(
        new double[] {0.3, 0.5, 0.6, 0.65, 0.7}, result.curves().get("drop").y(), EXACT);
    assertEquals(0.7, result.details().get("tie-share"), EXACT);
  }

  /** Ties go by position: features 5 … 9 score 0 and come first, and none of them matters. */
  @Test
  void aopcOfTheLowestScores() {
    assertEquals(0, value("aopc-lerf", Games.input(game, DROPS)), EXACT);
    double[] upsideDown = new double[DROPS.length];
    for (int i = 0; i < upsideDown.length; i++) {
      upsideDown[i] = -DROPS[i];
    }
    assertEquals(0.55, value("aopc-lerf", Games.input(game, upsideDown)), EXACT);
    assertEquals(0.55, value("morf-lerf-gap", Games.input(game, DROPS)), EXACT);
  }

  /** All scores equal: both directions remove by position, unless ties are reversed. */
  @Test
  void tiesGoByPosition() {
    double[] flat = new double[DROPS.length];
    MetricInput input = Games.input(game, flat);
    assertEquals(0.55, value("aopc", input), EXACT);
    assertEquals(0.55, value("aopc-lerf", input), EXACT);
    assertEquals(0, value("morf-lerf-gap", input), EXACT);
    MetricInput reversed = input.withSettings(input.settings().withReversedTies(true));
    assertEquals(0, value("aopc-lerf", reversed), EXACT);
    assertEquals(1, Metrics.load().get("aopc").evaluate(input).details().get("tie-share"), EXACT);
  }

  /** A zero with a sign is the same score as one without: both go by position. */
  @Test
  void zerosOfEitherSignAreTies() {
    double[] zeros = new double[DROPS.length];
    for (int i = 0; i < zeros.length; i += 2) {
      zeros[i] = -0.0;
    }
    MetricInput input = Games.input(game, zeros);
    assertEquals(0.55, value("aopc", input), EXACT);
    assertEquals(0.55, value("aopc-lerf", input), EXACT);
  }

  /** Removing feature 0 raises p by 0.05, feature 1 lowers it by 0.1: mean 0, magnitudes 0.05. */
  @Test
  void absoluteDropsDoNotCancel() {
    ValueFunction mixed = Games.additive(0.5, -0.05, 0.1);
    MetricInput input = Games.input(mixed, 2, 1);
    MetricInput both = input.withSettings(input.settings().withGrid(List.of(0.5, 1.0)));
    assertEquals(0, value("aopc", both), EXACT);
    assertEquals(0.05, value("aopc", both.withSettings(both.settings().withAbsolute(true))), EXACT);
  }

  @Test
  void logarithmsOfProbabilitiesAndOfOdds() {
    double[] left = {0.6, 0.4, 0.3, 0.25, 0.2};
    double ratio = 0;
    double odds = 0;
    for (double p : left) {
      ratio += Math.log(p / 0.9) / left.length;
      odds += (Math.log(p / (1 - p)) - Math.log(0.9 / 0.1)) / left.length;
    }
    assertEquals(ratio, value("lodds", Games.input(game, DROPS)), EXACT);
    assertEquals(odds, value("logit-odds", Games.input(game, DROPS)), EXACT);
  }

  /** Ten features: 1 and 5 % round up to one, as 10 % is; 20 % are two, 50 % five. */
  @Test
  void comprehensivenessAndSufficiency() {
    MetricInput input = Games.input(game, DROPS);
    assertEquals((3 * 0.3 + 0.5 + 0.7) / 5, value("comprehensiveness", input), EXACT);
    // Kept: the first one, two or five; all others are removed.
    double keepOne = 0.2 + 0.1 + 0.05 + 0.05;
    assertEquals((3 * keepOne + 0.2 + 0) / 5, value("sufficiency", input), EXACT);
    assertEquals(
        (0.3 + 0.5 + 0.7) / 3,
        value("comprehensiveness", input.withSettings(input.settings().withDistinct(true))),
        EXACT);
  }

  @Test
  void whatRemovesNothingIsUndefined() {
    MetricInput input = Games.input(game, DROPS);
    MetricSettings floor = input.settings().withRounding(Rounding.FLOOR);
    MetricResult some = Metrics.load().get("comprehensiveness").evaluate(input.withSettings(floor));
    // 1 and 5 % of ten features are none: two bins are left out and have no number.
    assertEquals((0.3 + 0.5 + 0.7) / 3, some.value().orElseThrow(), EXACT);
    assertEquals(3, some.details().get("points"), EXACT);
    assertTrue(Double.isNaN(some.curves().get("drop").y()[0]));
    for (String metric : List.of("comprehensiveness", "sufficiency")) {
      MetricResult none =
          Metrics.load()
              .get(metric)
              .evaluate(input.withSettings(floor.withBins(List.of(0.01, 0.05))));
      assertTrue(none.value().isEmpty() && none.reason().isPresent());
    }
    // Of one feature every share keeps everything.
    MetricInput single = Games.input(Games.additive(0.9, 0.4), 1);
    assertTrue(Metrics.load().get("sufficiency").evaluate(single).value().isEmpty());
    assertEquals(0.4, value("comprehensiveness", single), EXACT);
  }

  @Test
  void nothingToJudgeIsUndefined() {
    MetricInput empty = Games.input(Games.of(0, removed -> 0.5));
    MetricInput noNumber = Games.input(game, 1, 2, Double.NaN, 4, 5, 6, 7, 8, 9, 10);
    for (Metric metric : Metrics.load().all()) {
      if (metric.needs().equals(Set.of(Metric.Need.VALUES))) {
        assertTrue(metric.evaluate(empty).value().isEmpty(), metric.name());
        assertTrue(metric.evaluate(noNumber).value().isEmpty(), metric.name());
      }
    }
  }

  /** p falls 0.9, 0.6, 0.3 as two features go: area (0.75 + 0.45) / 2; back likewise. */
  @Test
  void areasUnderTheCurves() {
    MetricInput input = Games.input(Games.additive(0.9, 0.3, 0.3), 2, 1);
    assertEquals(0.6, value("deletion", input), EXACT);
    assertEquals(0.6, value("insertion", input), EXACT);
    MetricInput uneven = Games.input(Games.additive(0.9, 0.4, 0.2), 2, 1);
    assertEquals(0.5 * (0.7 + 0.4), value("deletion", uneven), EXACT);
    assertEquals(0.5 * (0.5 + 0.8), value("insertion", uneven), EXACT);
  }

  @Test
  void roundingAsItsNameSays() {
    assertEquals(3, Rounding.CEILING.count(0.1, 30), "0.1 · 30 is 3 and a rounding error");
    assertEquals(4, Rounding.CEILING.count(0.1, 31));
    assertEquals(3, Rounding.FLOOR.count(0.1, 39));
    assertEquals(7, Rounding.FLOOR.count(0.7, 10), "0.7 · 10 is 7 but for rounding");
    assertEquals(3, Rounding.HALF_UP.count(0.5, 5));
    assertEquals(2, Rounding.HALF_EVEN.count(0.5, 5));
    assertEquals(0, Rounding.FLOOR.count(0.1, 9));
    assertEquals(9, Rounding.CEILING.count(1, 9));
    assertArrayEquals(
        new int[] {1, 2, 3}, MetricSettings.defaults().counts(List.of(), 3), "every count");
  }

  @Test
  void theFirstOfAnOrder() {
    BitSet expected = new BitSet();
    expected.set(4);
    expected.set(1);
    assertEquals(expected, FeatureSets.first(new int[] {4, 1, 0}, 2));
  }
}
