package org.attentionflow.evaluation.metric.faithfulness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A good order, feature by feature: every beginning that is kept grows by every other feature, and
 * the most promising few are kept. A beginning is judged by what it has gained so far and what it
 * will have gained if its drop lasts: Σ_{j≤k} w_j d(S_j) + d(S_k) Σ_{j>k} w_j. Of beginnings with
 * the same features only the best is kept. About width · N² / 2 evaluations.
 */
final class BeamSearch implements OrderSearch {
  /** The beginning of an order. */
  private record Beginning(int[] order, BitSet removed, double gained, double promise) {}

  private final OrderObjective objective;
  private final int width;

  BeamSearch(OrderObjective objective, int width) {
    this.objective = objective;
    this.width = width;
  }

  @Override
  public Found best(int sign) {
    List<Beginning> kept = List.of(new Beginning(new int[0], new BitSet(), 0, 0));
    int deepest = objective.deepest();
    double ahead = 1;
    for (int k = 1; k <= deepest; k++) {
      ahead -= objective.weights()[k];
      kept = step(kept, k, ahead, sign);
    }
    Beginning best = kept.get(0);
    for (Beginning candidate : kept) {
      best = candidate.gained() > best.gained() ? candidate : best;
    }
    return new Found(best.gained(), complete(best));
  }

  private List<Beginning> step(List<Beginning> kept, int k, double ahead, int sign) {
    Map<BitSet, Beginning> parents = parents(kept);
    List<Beginning> grown = new ArrayList<>();
    double[] drops = objective.drops(List.copyOf(parents.keySet()));
    int next = 0;
    for (Map.Entry<BitSet, Beginning> candidate : parents.entrySet()) {
      Beginning parent = candidate.getValue();
      double drop = sign * drops[next++];
      double gained = parent.gained() + objective.weights()[k] * drop;
      int[] order = append(parent, candidate.getKey());
      grown.add(new Beginning(order, candidate.getKey(), gained, gained + ahead * drop));
    }
    // Stable: what is equally promising stays in the order it was found.
    grown.sort(Comparator.comparingDouble(beginning -> 0.0 - beginning.promise()));
    return grown.subList(0, Math.min(width, grown.size()));
  }

  /** Every set with one more feature, in a fixed order, with the best beginning it grows from. */
  private Map<BitSet, Beginning> parents(List<Beginning> kept) {
    Map<BitSet, Beginning> parents = new LinkedHashMap<>();
    for (Beginning parent : kept) {
      BitSet removed = parent.removed();
      for (int i = removed.nextClearBit(0); i < objective.size(); i = removed.nextClearBit(i + 1)) {
        BitSet grown = (BitSet) removed.clone();
        grown.set(i);
        parents.merge(grown, parent, (one, other) -> other.gained() > one.gained() ? other : one);
      }
    }
    return parents;
  }

  private static int[] append(Beginning parent, BitSet grown) {
    int[] order = Arrays.copyOf(parent.order(), parent.order().length + 1);
    BitSet added = (BitSet) grown.clone();
    added.andNot(parent.removed());
    order[order.length - 1] = added.nextSetBit(0);
    return order;
  }

  private int[] complete(Beginning beginning) {
    int[] order = Arrays.copyOf(beginning.order(), objective.size());
    int next = beginning.order().length;
    for (int feature = 0; feature < order.length; feature++) {
      if (!beginning.removed().get(feature)) {
        order[next++] = feature;
      }
    }
    return order;
  }
}
