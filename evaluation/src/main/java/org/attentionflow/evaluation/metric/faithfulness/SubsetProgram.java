package org.attentionflow.evaluation.metric.faithfulness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.attentionflow.evaluation.perturbation.FeatureSets;

/**
 * The best of all N! orders by dynamic programming over the 2ᴺ subsets:
 *
 * <pre>F(∅) = 0,   F(S) = w_|S| d(S) + max over i in S of F(S ∖ {i})</pre>
 *
 * F(S) is the best that orders reach which begin with the features of S. Only sets that carry
 * weight are evaluated, and none beyond the deepest count. O(2ᴺ N) steps.
 */
final class SubsetProgram implements OrderSearch {
  private final OrderObjective objective;
  private final int deepest;

  /** Per set, by its bits, w d. */
  private final double[] gain;

  SubsetProgram(OrderObjective objective) {
    this.objective = objective;
    this.deepest = objective.deepest();
    this.gain = gains(objective, deepest);
  }

  private static double[] gains(OrderObjective objective, int deepest) {
    double[] gain = new double[1 << objective.size()];
    List<BitSet> sets = new ArrayList<>();
    List<Integer> bits = new ArrayList<>();
    for (int s = 1; s < gain.length; s++) {
      int count = Integer.bitCount(s);
      if (count <= deepest && objective.weights()[count] > 0) {
        sets.add(FeatureSets.ofBits(s));
        bits.add(s);
      }
    }
    double[] drops = objective.drops(sets);
    for (int i = 0; i < drops.length; i++) {
      gain[bits.get(i)] = objective.weights()[Integer.bitCount(bits.get(i))] * drops[i];
    }
    return gain;
  }

  @Override
  public Found best(int sign) {
    double[] best = new double[gain.length];
    byte[] last = new byte[gain.length];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    best[0] = 0;
    int end = 0;
    for (int s = 1; s < gain.length; s++) {
      int count = Integer.bitCount(s);
      if (count > deepest) {
        continue;
      }
      for (int rest = s; rest != 0; rest &= rest - 1) {
        int without = s & ~Integer.lowestOneBit(rest);
        if (best[without] > best[s]) {
          best[s] = best[without];
          last[s] = (byte) Integer.numberOfTrailingZeros(rest);
        }
      }
      best[s] += sign * gain[s];
      boolean complete = count == deepest;
      if (complete && (end == 0 || best[s] > best[end])) {
        end = s;
      }
    }
    return new Found(best[end], order(end, last));
  }

  /** Back from the last set to the first feature; what the grid never removes comes last. */
  private int[] order(int end, byte[] last) {
    int[] order = new int[objective.size()];
    int s = end;
    for (int k = Integer.bitCount(end) - 1; k >= 0; k--) {
      order[k] = last[s];
      s &= ~(1 << last[s]);
    }
    int next = Integer.bitCount(end);
    for (int feature = 0; feature < order.length; feature++) {
      if ((end >>> feature & 1) == 0) {
        order[next++] = feature;
      }
    }
    return order;
  }
}
