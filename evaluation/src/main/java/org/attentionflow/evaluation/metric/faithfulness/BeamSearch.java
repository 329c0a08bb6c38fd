package org.attentionflow.evaluation.metric.faithfulness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A good order, block by block: every partial order that is kept grows by a block of features, and
 * the most promising few are kept. One is judged by what it has gained so far and what it will have
 * gained if its drop lasts: Σ w_j d(S_j) over the counts behind it + d(S) Σ w_j over those ahead.
 * Of those with the same features removed only the best is kept.
 *
 * <pre>
 * block of b features: rank every feature i that can move by d(S with i moved);
 *   child c = 1 … width: the first b − 1 of the ranking and its (b − 1 + c)-th
 * </pre>
 *
 * Forward, S grows from nothing, and features move in; blocks of one feature look at every child
 * that can be among the best, with about width · N² / 2 evaluations. Blocks between the counts of
 * the grid rank the features once per count, with at most width · N evaluations each, and overlook
 * what features only do together. Backward, S shrinks from everything: features that are missed
 * together, none of them alone, show there.
 */
final class BeamSearch implements OrderSearch {
  private final OrderObjective objective;
  private final int width;
  private final boolean isForward;

  /** The counts of removed features at which blocks end, in the order of the search. */
  private final int[] ends;

  private BeamSearch(OrderObjective objective, int width, boolean isForward, IntStream ends) {
    this.objective = objective;
    this.width = width;
    this.isForward = isForward;
    this.ends = ends.toArray();
  }

  /** Forward, feature by feature. */
  static BeamSearch byFeature(OrderObjective objective, int width) {
    return new BeamSearch(objective, width, true, IntStream.rangeClosed(1, objective.deepest()));
  }

  /** Forward, in blocks that end at the counts that carry weight. */
  static BeamSearch inBlocks(OrderObjective objective, int width) {
    return new BeamSearch(objective, width, true, weighted(objective));
  }

  /** Backward, in blocks that end at the counts that carry weight. */
  static BeamSearch backward(OrderObjective objective, int width) {
    int[] ends = weighted(objective).toArray();
    return new BeamSearch(
        objective,
        width,
        false,
        IntStream.range(0, ends.length).map(i -> ends[ends.length - 1 - i]));
  }

  private static IntStream weighted(OrderObjective objective) {
    return IntStream.rangeClosed(1, objective.deepest()).filter(k -> objective.weights()[k] > 0);
  }

  @Override
  public Found best(int sign) {
    BitSet start = new BitSet();
    start.set(0, objective.size(), !isForward);
    List<PartialOrder> kept = List.of(PartialOrder.from(start));
    double ahead = 1;
    for (int end : ends) {
      ahead -= objective.weights()[end];
      kept = step(kept, end, ahead, sign);
    }
    PartialOrder best = kept.get(0);
    for (PartialOrder candidate : kept) {
      best = candidate.gained() > best.gained() ? candidate : best;
    }
    int size = objective.size();
    return new Found(best.gained(), isForward ? best.fromBeginning(size) : best.fromEnd(size));
  }

  private List<PartialOrder> step(List<PartialOrder> kept, int end, double ahead, int sign) {
    Map<BitSet, Growth> growths = growths(kept, end, sign);
    List<PartialOrder> grown = new ArrayList<>();
    double[] drops = objective.drops(List.copyOf(growths.keySet()));
    int next = 0;
    for (Map.Entry<BitSet, Growth> growth : growths.entrySet()) {
      PartialOrder parent = growth.getValue().parent();
      double drop = sign * drops[next++];
      double gained = parent.gained() + objective.weights()[end] * drop;
      int[] moved = parent.append(growth.getValue().block());
      grown.add(new PartialOrder(moved, growth.getKey(), gained, gained + ahead * drop));
    }
    // Stable: what is equally promising stays in the order it was found.
    grown.sort(Comparator.comparingDouble(order -> 0.0 - order.promise()));
    return grown.subList(0, Math.min(width, grown.size()));
  }

  /** A partial order and the block that it grows by. */
  private record Growth(PartialOrder parent, int[] block) {}

  /** Every set that is looked at, in a fixed order, with the best partial order it grows from. */
  private Map<BitSet, Growth> growths(List<PartialOrder> kept, int end, int sign) {
    Map<BitSet, Growth> growths = new LinkedHashMap<>();
    for (PartialOrder parent : kept) {
      int size = Math.abs(end - parent.removed().cardinality());
      int[] ranking = size == 0 ? new int[0] : ranking(parent, sign);
      int children = size == 0 ? 1 : Math.min(width, ranking.length - size + 1);
      for (int child = 0; child < children; child++) {
        int[] block = Arrays.copyOf(ranking, size);
        if (size > 0) {
          block[size - 1] = ranking[size - 1 + child];
        }
        growths.merge(
            parent.moving(block),
            new Growth(parent, block),
            (one, other) -> other.parent().gained() > one.parent().gained() ? other : one);
      }
    }
    return growths;
  }

  /** The features that can move by what each does alone, the first of equals first. */
  private int[] ranking(PartialOrder parent, int sign) {
    int[] movable =
        IntStream.range(0, objective.size())
            .filter(i -> parent.removed().get(i) != isForward)
            .toArray();
    double[] drops =
        objective.drops(IntStream.of(movable).mapToObj(i -> parent.moving(i)).toList());
    return IntStream.range(0, movable.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> 0.0 - sign * drops[i]))
        .mapToInt(i -> movable[i])
        .toArray();
  }
}
