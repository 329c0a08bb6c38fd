package org.attentionflow.formats.network;

import java.util.Arrays;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.ArcEnds;

/** A listed block of arcs while arcs are put into it, in any order; parallel arcs add up. */
final class ListBuilder implements ArcCollector {
  private final int tail;
  private final int head;
  private final int tailCount;
  private final int headCount;
  private int[] tails = new int[4];
  private int[] heads = new int[4];
  private double[] capacities = new double[4];
  private int count;

  /**
   * An empty block.
   *
   * @param tail the tail group, of {@code tailCount} nodes
   * @param head the head group, of {@code headCount} nodes
   */
  ListBuilder(int tail, int head, int tailCount, int headCount) {
    this.tail = tail;
    this.head = head;
    this.tailCount = tailCount;
    this.headCount = headCount;
  }

  @Override
  public void add(int tailMember, int headMember, double capacity) {
    if (count == tails.length) {
      int length = Math.addExact(count, count >> 1);
      tails = Arrays.copyOf(tails, length);
      heads = Arrays.copyOf(heads, length);
      capacities = Arrays.copyOf(capacities, length);
    }
    tails[count] = tailMember;
    heads[count] = headMember;
    capacities[count++] = capacity;
  }

  @Override
  public ArcBlock block() {
    int[] order = sorted(sorted(inOrder(count), heads, headCount), tails, tailCount);
    int[] newTails = new int[count];
    int[] newHeads = new int[count];
    double[] sums = new double[count];
    int kept = 0;
    for (int arc : order) {
      boolean isParallel =
          kept > 0 && newTails[kept - 1] == tails[arc] && newHeads[kept - 1] == heads[arc];
      kept += isParallel ? 0 : 1;
      newTails[kept - 1] = tails[arc];
      newHeads[kept - 1] = heads[arc];
      sums[kept - 1] += capacities[arc];
    }
    ArcEnds ends =
        ArcEnds.of(
            Arrays.copyOf(newTails, kept), Arrays.copyOf(newHeads, kept), tailCount, headCount);
    return ArcBlock.listed(tail, head, ends, Arrays.copyOf(sums, kept));
  }

  private static int[] inOrder(int count) {
    int[] order = new int[count];
    Arrays.setAll(order, arc -> arc);
    return order;
  }

  /** Arcs sorted by a number below a count; those of one number stay in their order. */
  private static int[] sorted(int[] order, int[] key, int keyCount) {
    int[] next = new int[keyCount + 1];
    for (int arc : order) {
      next[key[arc] + 1]++;
    }
    Arrays.parallelPrefix(next, Integer::sum);
    int[] result = new int[order.length];
    for (int arc : order) {
      result[next[key[arc]]++] = arc;
    }
    return result;
  }
}
