package org.attentionflow.evaluation.metric.sanity;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.attentionflow.evaluation.perturbation.FeatureSets;
import org.attentionflow.evaluation.perturbation.ValueFunction;

/**
 * The Shapley values of the game v(S) = p of the class when only the features of S are left, by
 * enumeration of all 2ᴺ coalitions (Shapley, A value for n-person games, 1953):
 *
 * <pre>φ_i = Σ over S without i of |S|! (N − |S| − 1)! / N! · (v(S ∪ {i}) − v(S))</pre>
 */
public final class ShapleyValues {
  private final int size;

  /** v of every coalition, by the bits of its members. */
  private final double[] game;

  private ShapleyValues(int size, double[] game) {
    this.size = size;
    this.game = game;
  }

  /** Evaluates all 2ᴺ coalitions. */
  public static ShapleyValues of(ValueFunction values, int target) {
    int size = values.size();
    int all = (1 << size) - 1;
    List<BitSet> removed = new ArrayList<>();
    for (int coalition = 0; coalition <= all; coalition++) {
      removed.add(FeatureSets.ofBits(all & ~coalition));
    }
    double[][] log = values.logProbabilities(removed);
    double[] game = new double[all + 1];
    for (int coalition = 0; coalition <= all; coalition++) {
      game[coalition] = Math.exp(log[coalition][target]);
    }
    return new ShapleyValues(size, game);
  }

  /** φ of every feature. */
  public double[] values() {
    // weight[s] = s! (N − s − 1)! / N! = 1 / (N · C(N − 1, s)).
    double[] weight = new double[size];
    double binomial = 1;
    for (int s = 0; s < size; s++) {
      weight[s] = 1 / (size * binomial);
      binomial = binomial * (size - 1 - s) / (s + 1);
    }
    double[] values = new double[size];
    for (int coalition = 0; coalition < game.length; coalition++) {
      for (int i = 0; i < size; i++) {
        if ((coalition >>> i & 1) == 0) {
          values[i] += weight[Integer.bitCount(coalition)] * marginal(coalition, i);
        }
      }
    }
    return values;
  }

  /** v(E) − v(∅), the sum of all Shapley values. */
  public double total() {
    return game[game.length - 1] - game[0];
  }

  /** Whether a feature adds at most a tolerance to any coalition. */
  public boolean isNull(int feature, double tolerance) {
    for (int coalition = 0; coalition < game.length; coalition++) {
      boolean absent = (coalition >>> feature & 1) == 0;
      if (absent && Math.abs(marginal(coalition, feature)) > tolerance) {
        return false;
      }
    }
    return true;
  }

  /** Whether two features add the same to every coalition without both, within a tolerance. */
  public boolean areInterchangeable(int one, int other, double tolerance) {
    int both = 1 << one | 1 << other;
    for (int coalition = 0; coalition < game.length; coalition++) {
      boolean without = (coalition & both) == 0;
      double difference = game[coalition | 1 << one] - game[coalition | 1 << other];
      if (without && Math.abs(difference) > tolerance) {
        return false;
      }
    }
    return true;
  }

  private double marginal(int coalition, int feature) {
    return game[coalition | 1 << feature] - game[coalition];
  }
}
