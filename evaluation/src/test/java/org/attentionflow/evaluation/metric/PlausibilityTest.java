package org.attentionflow.evaluation.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agreement with rationales, against small cases by hand and the definitions by counting. */
class PlausibilityTest {
  private static final double EXACT = 1e-12;

  private static MetricInput input(String marks, double... scores) {
    boolean[] rationale = new boolean[marks.length()];
    for (int i = 0; i < rationale.length; i++) {
      rationale[i] = marks.charAt(i) == '1';
    }
    return new MetricInput(
        "marked", scores, 0, null, MetricSettings.defaults(), 0, rationale, null);
  }

  private static double value(String metric, MetricInput input) {
    return Metrics.load().get(metric).evaluate(input).value().orElseThrow();
  }

  @Test
  void f1OfTokens() {
    MetricInput input = input("110100", 6, 5, 4, 3, 2, 1);
    assertEquals(2.0 / 3, value("token-f1", input), EXACT);
    // Half of six features: three are predicted; a third: two, both marked.
    MetricInput third = input.withSettings(input.settings().withRationaleShare(1.0 / 3));
    assertEquals(2 * 1 * (2.0 / 3) / (1 + 2.0 / 3), value("token-f1", third), EXACT);
    MetricResult result = Metrics.load().get("token-f1").evaluate(input);
    assertEquals(0.5, result.details().get("iou"), EXACT);
    assertEquals(0, value("token-f1", input("100", 1, 2, 3)), EXACT);
  }

  /** Predicted {0,1,2,3} and {6}; marked {1,2,3,4} (3 of 5 shared) and {8}. */
  @Test
  void f1OfSpans() {
    MetricInput input = input("0111100010", 10, 9, 8, 7, 0, 0, 6, 0, 0, 0);
    assertEquals(0.5, value("iou-f1", input), EXACT);
    MetricResult result = Metrics.load().get("iou-f1").evaluate(input);
    assertEquals(0.5, result.details().get("precision"), EXACT);
    MetricInput strict = input.withSettings(input.settings().withOverlap(0.7));
    assertEquals(0, value("iou-f1", strict), EXACT);
    assertEquals(1, value("iou-f1", input("0110", 0, 2, 1, 0)), EXACT);
  }

  /** Points (recall, precision): (½, 1), (½, ½), (1, ⅔), (1, ½). */
  @Test
  void areaUnderPrecisionAndRecall() {
    MetricInput input = input("1010", 4, 3, 2, 1);
    assertEquals(0.5 + 0.5 * 0.5 * (0.5 + 2.0 / 3), value("auprc", input), EXACT);
    assertEquals(0.5 * 1 + 0.5 * 2 / 3, value("average-precision", input), EXACT);
    assertEquals(0.75, value("roc-auc", input), EXACT);
  }

  /** All equal: one point, the share of marks. */
  @Test
  void tiesEnterTogether() {
    MetricInput input = input("1000", 1, 1, 1, 1);
    assertEquals(0.5 * (1 + 0.25), value("auprc", input), EXACT);
    assertEquals(0.25, value("average-precision", input), EXACT);
    assertEquals(0.5, value("roc-auc", input), EXACT);
    // 0.0 and −0.0 are one score.
    assertEquals(0.25, value("average-precision", input("1000", 0.0, -0.0, 0.0, -0.0)), EXACT);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void areasByCounting(long seed) {
    Random random = new Random(seed);
    int size = 12;
    double[] scores = new double[size];
    StringBuilder marks = new StringBuilder("10");
    for (int i = 0; i < size; i++) {
      scores[i] = random.nextInt(6);
      if (i > 1) {
        marks.append(random.nextInt(2));
      }
    }
    MetricInput input = input(marks.toString(), scores);
    double higher = 0;
    double pairs = 0;
    double precisionSum = 0;
    double marked = 0;
    for (int i = 0; i < size; i++) {
      if (marks.charAt(i) == '1') {
        marked++;
        double above = 0;
        double markedAbove = 0;
        for (int j = 0; j < size; j++) {
          above += scores[j] >= scores[i] ? 1 : 0;
          markedAbove += scores[j] >= scores[i] && marks.charAt(j) == '1' ? 1 : 0;
          if (marks.charAt(j) == '0') {
            pairs++;
            higher += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          }
        }
        precisionSum += markedAbove / above;
      }
    }
    assertEquals(higher / pairs, value("roc-auc", input), EXACT);
    assertEquals(precisionSum / marked, value("average-precision", input), EXACT);
  }

  @Test
  void withoutMarksThereIsNoAnswer() {
    for (Metric metric : Metrics.load().all()) {
      if (metric.family() == Metric.Family.PLAUSIBILITY) {
        assertTrue(metric.evaluate(input("000", 1, 2, 3)).value().isEmpty(), metric.name());
      }
    }
    assertTrue(Metrics.load().get("roc-auc").evaluate(input("11", 1, 2)).value().isEmpty());
  }
}
