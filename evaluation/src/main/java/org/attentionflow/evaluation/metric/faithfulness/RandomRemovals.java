package org.attentionflow.evaluation.metric.faithfulness;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.attentionflow.evaluation.metric.MetricInput;

/**
 * Random sets of removed features with what the scores say of them and what the model does. The
 * size of a set is uniform in 1 … N, its features uniform given the size. The sets depend on the
 * seed and on N alone, so that all methods of an example share them.
 *
 * @param claimed per set the sum of its features' scores
 * @param drops per set p(x) − p(x without it)
 */
record RandomRemovals(double[] claimed, double[] drops) {
  static RandomRemovals draw(MetricInput input) {
    SplittableRandom random = new SplittableRandom(input.seed());
    List<BitSet> sets = new ArrayList<>();
    sets.add(new BitSet());
    for (int sample = 0; sample < input.settings().samples(); sample++) {
      sets.add(set(input.size(), random));
    }
    double[][] log = input.requireValues().logProbabilities(sets);
    double whole = Math.exp(log[0][input.target()]);
    double[] claimed = new double[sets.size() - 1];
    double[] drops = new double[claimed.length];
    for (int i = 0; i < claimed.length; i++) {
      BitSet set = sets.get(i + 1);
      for (int feature = set.nextSetBit(0); feature >= 0; feature = set.nextSetBit(feature + 1)) {
        claimed[i] += input.scores()[feature];
      }
      drops[i] = whole - Math.exp(log[i + 1][input.target()]);
    }
    return new RandomRemovals(claimed, drops);
  }

  private static BitSet set(int size, SplittableRandom random) {
    int count = 1 + random.nextInt(size);
    int[] features = IntStream.range(0, size).toArray();
    BitSet set = new BitSet();
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(size - i);
      int drawn = features[j];
      features[j] = features[i];
      features[i] = drawn;
      set.set(drawn);
    }
    return set;
  }

  /** The scale α that brings α · claimed closest to the drops: Σ c d / Σ c²; 0 if all c are 0. */
  double scale() {
    double cc = 0;
    double cd = 0;
    for (int i = 0; i < claimed.length; i++) {
      cc += claimed[i] * claimed[i];
      cd += claimed[i] * drops[i];
    }
    return cc == 0 ? 0 : cd / cc;
  }

  /** The mean of (scale · claimed − drop)². */
  double squaredError(double scale) {
    double sum = 0;
    for (int i = 0; i < claimed.length; i++) {
      double error = scale * claimed[i] - drops[i];
      sum += error * error;
    }
    return sum / claimed.length;
  }

  /** The mean of (drop − mean drop)². */
  double variance() {
    double mean = 0;
    for (double drop : drops) {
      mean += drop / drops.length;
    }
    double sum = 0;
    for (double drop : drops) {
      sum += (drop - mean) * (drop - mean);
    }
    return sum / drops.length;
  }
}
