package org.attentionflow.network;

import java.util.Arrays;

/**
 * The nodes that the arcs of a listed block join: arc after arc, by rising tail and for one tail by
 * rising head, no pair of nodes twice. Immutable.
 *
 * <p>The arcs are cut into rows of equal length, which threads share. The last row is filled up by
 * places whose capacity is 0; they have the nodes of the last arc.
 */
public final class ArcEnds {
  /** The ends of blocks that need no list. */
  static final ArcEnds NONE = new ArcEnds(new int[0], new int[0], 0, 0, 0);

  /** Arcs of a row, unless there are fewer. */
  private static final int LONGEST_ROW = 512;

  private final int count;
  private final int[] tails;
  private final int[] heads;

  /** Per node of the tail group its first arc, and behind the last node the number of arcs. */
  private final int[] leaving;

  /** The same by heads: places in {@link #byHead}. */
  private final int[] entering;

  private final int[] byHead;

  /** The tails of the arcs in the order of {@link #byHead}. */
  private final int[] tailsByHead;

  private ArcEnds(int[] tails, int[] heads, int count, int tailCount, int headCount) {
    this.count = count;
    this.tails = tails;
    this.heads = heads;
    leaving = starts(tails, count, tailCount);
    entering = starts(heads, count, headCount);
    byHead = sorted(heads, count, entering);
    tailsByHead = Arrays.stream(byHead).map(arc -> tails[arc]).toArray();
  }

  /**
   * Takes the ends of arcs.
   *
   * @param tails by arc the node of the tail group, not falling
   * @param heads by arc the node of the head group, rising where the tail is the same
   * @param tailCount the nodes of the tail group
   * @param headCount the nodes of the head group
   * @throws IllegalArgumentException if the order is another or a node is not there
   */
  public static ArcEnds of(int[] tails, int[] heads, int tailCount, int headCount) {
    int count = tails.length;
    for (int arc = 0; arc < count; arc++) {
      boolean isInside = heads[arc] >= 0 && heads[arc] < headCount && tails[arc] < tailCount;
      boolean isBehind =
          arc == 0
              ? tails[arc] >= 0
              : tails[arc] > tails[arc - 1]
                  || (tails[arc] == tails[arc - 1] && heads[arc] > heads[arc - 1]);
      if (!isInside || !isBehind) {
        throw new IllegalArgumentException(
            "Arc " + arc + " (" + tails[arc] + " to " + heads[arc] + ") is out of its order.");
      }
    }
    int width = Math.min(count, LONGEST_ROW);
    int places = width == 0 ? 0 : (count + width - 1) / width * width;
    return new ArcEnds(
        filledUp(tails, places), filledUp(heads, places), count, tailCount, headCount);
  }

  private static int[] filledUp(int[] ends, int places) {
    int[] filled = Arrays.copyOf(ends, places);
    if (places > 0) {
      Arrays.fill(filled, ends.length, places, ends[ends.length - 1]);
    }
    return filled;
  }

  /** Where the arcs of each node start if they are sorted by nodes. */
  private static int[] starts(int[] nodes, int count, int nodeCount) {
    int[] first = new int[nodeCount + 1];
    for (int arc = 0; arc < count; arc++) {
      first[nodes[arc] + 1]++;
    }
    Arrays.parallelPrefix(first, Integer::sum);
    return first;
  }

  private static int[] sorted(int[] nodes, int count, int[] starts) {
    int[] next = starts.clone();
    int[] order = new int[count];
    for (int arc = 0; arc < count; arc++) {
      order[next[nodes[arc]]++] = arc;
    }
    return order;
  }

  /** The memory that the lists take, in bytes. */
  public long bytes() {
    if (count == 0) {
      return 0;
    }
    long numbers = 2L * tails.length + 2L * byHead.length + leaving.length + entering.length;
    return Integer.BYTES * numbers;
  }

  /** The number of arcs. */
  public int count() {
    return count;
  }

  /** The number of rows. */
  public int rowCount() {
    return tails.length == 0 ? 0 : tails.length / rowLength();
  }

  /** The places of a row. */
  public int rowLength() {
    return Math.min(count, LONGEST_ROW);
  }

  /** The nodes of the tail group. */
  public int tailCount() {
    return leaving.length - 1;
  }

  /** The nodes of the head group. */
  public int headCount() {
    return entering.length - 1;
  }

  /** The node that the arc at a place leaves. */
  public int tail(int place) {
    return tails[place];
  }

  /** The node that the arc at a place enters. */
  public int head(int place) {
    return heads[place];
  }

  /**
   * The first arc that leaves a node of the tail group; its arcs end before the first of the next
   * node.
   */
  public int firstLeaving(int node) {
    return leaving[node];
  }

  /** Where the arcs that enter a node of the head group start, for {@link #entering}. */
  public int firstEntering(int node) {
    return entering[node];
  }

  /** The arc at a place of the order by heads. */
  public int entering(int place) {
    return byHead[place];
  }

  /** The node that the arc at a place of the order by heads leaves. */
  public int enteringTail(int place) {
    return tailsByHead[place];
  }

  /** The arc from a node to another; negative if there is none. */
  public int find(int tail, int head) {
    int found = Arrays.binarySearch(heads, leaving[tail], leaving[tail + 1], head);
    return found < 0 ? -1 : found;
  }
}
