package org.attentionflow.evaluation.metric.plausibility;

import java.util.Arrays;
import org.attentionflow.evaluation.metric.Ranking;

/**
 * Precision and recall as the threshold falls through the scores, one point per distinct score;
 * equal scores enter together.
 *
 * @param recall per point, rising to 1
 * @param precision per point
 */
record PrecisionRecall(double[] recall, double[] precision) {
  static PrecisionRecall of(double[] scores, boolean[] marks) {
    int[] order = Ranking.descending(scores);
    int total = 0;
    for (boolean mark : marks) {
      total += mark ? 1 : 0;
    }
    int points = (int) Arrays.stream(scores).map(s -> s + 0.0).distinct().count();
    double[] recall = new double[points];
    double[] precision = new double[points];
    int found = 0;
    int point = 0;
    for (int i = 0; i < order.length; i++) {
      found += marks[order[i]] ? 1 : 0;
      boolean last = i + 1 == order.length || scores[order[i + 1]] != scores[order[i]];
      if (last) {
        recall[point] = (double) found / total;
        precision[point] = (double) found / (i + 1);
        point++;
      }
    }
    return new PrecisionRecall(recall, precision);
  }

  /** Trapezoids between the points, begun at recall 0 with precision 1. */
  double area() {
    double area = 0;
    double recallBefore = 0;
    double precisionBefore = 1;
    for (int i = 0; i < recall.length; i++) {
      area += 0.5 * (precision[i] + precisionBefore) * (recall[i] - recallBefore);
      recallBefore = recall[i];
      precisionBefore = precision[i];
    }
    return area;
  }

  /** Σ precision · gain of recall: no interpolation. */
  double averagePrecision() {
    double sum = 0;
    double recallBefore = 0;
    for (int i = 0; i < recall.length; i++) {
      sum += precision[i] * (recall[i] - recallBefore);
      recallBefore = recall[i];
    }
    return sum;
  }
}
