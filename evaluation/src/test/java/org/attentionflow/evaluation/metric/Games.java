package org.attentionflow.evaluation.metric;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.attentionflow.evaluation.perturbation.FeatureSets;
import org.attentionflow.evaluation.perturbation.RecordedValueFunction;
import org.attentionflow.evaluation.perturbation.ValueFunction;

/** Value functions of two classes whose probabilities are known in closed form. */
final class Games {
  /** The class that is watched. */
  static final int TARGET = 1;

  private Games() {}

  /** p of the watched class as a function of the removed set. */
  static ValueFunction of(int size, ToDoubleFunction<BitSet> probability) {
    Map<BitSet, double[]> table = new HashMap<>();
    for (BitSet removed : FeatureSets.all(size)) {
      double p = probability.applyAsDouble(removed);
      table.put(removed, new double[] {Math.log1p(-p), Math.log(p)});
    }
    return new RecordedValueFunction(size, "mask", table);
  }

  /** Each removed feature takes its own drop off p. */
  static ValueFunction additive(double whole, double... drops) {
    return of(drops.length, removed -> whole - removed.stream().mapToDouble(i -> drops[i]).sum());
  }

  /** A probability in (0.05, 0.95) per set, unrelated to the others. */
  static ValueFunction random(int size, long seed) {
    Random random = new Random(seed);
    return of(size, removed -> 0.05 + 0.9 * random.nextDouble());
  }

  /** Scores with a normal distribution. */
  static double[] scores(int size, long seed) {
    Random random = new Random(seed);
    double[] scores = new double[size];
    for (int i = 0; i < size; i++) {
      scores[i] = random.nextGaussian();
    }
    return scores;
  }

  static MetricInput input(ValueFunction values, double... scores) {
    return MetricInput.of("game", scores, TARGET, values, MetricSettings.defaults());
  }

  /** p of the watched class when a set is removed. */
  static double p(ValueFunction values, BitSet removed) {
    return Math.exp(values.logProbabilities(removed)[TARGET]);
  }
}
