package org.attentionflow.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.attentionflow.tensor.Matrix;

/**
 * A network reduced to the arcs that can carry flow: those with a positive capacity on a path from
 * super-source to super-sink. Nodes on no such path disappear, so groups shrink and may be empty.
 * Without this the barrier problem has no interior point.
 *
 * <p>An arc with positive capacity is on a path exactly if both of its nodes are: its tail is then
 * reachable from the source and the sink from its head. So it is enough to prune nodes. Takes
 * O(arcs) time; blocks of which nothing is removed share their capacities with the full network.
 */
public final class PrunedNetwork {
  private final FlowNetwork full;
  private final FlowNetwork network;
  private final int[][] kept;

  private PrunedNetwork(FlowNetwork full, FlowNetwork network, int[][] kept) {
    this.full = full;
    this.network = network;
    this.kept = kept;
  }

  /** Prunes a network. */
  public static PrunedNetwork of(FlowNetwork full) {
    BitSet[] reached = NodeReach.from(full, full.source(), true);
    BitSet[] reaching = NodeReach.from(full, full.sink(), false);
    int[][] kept = new int[full.groups().size()][];
    List<NodeGroup> groups = new ArrayList<>();
    for (int group = 0; group < kept.length; group++) {
      reached[group].and(reaching[group]);
      kept[group] = reached[group].stream().toArray();
      groups.add(new NodeGroup(full.groups().get(group).name(), kept[group].length));
    }
    List<ArcBlock> blocks = new ArrayList<>();
    for (ArcBlock block : full.blocks()) {
      blocks.add(restrict(full, block, kept));
    }
    FlowNetwork network =
        new FlowNetwork(
            groups,
            blocks,
            full.source(),
            full.sink(),
            full.tokenBlocks(),
            full.largestCapacity(),
            full.returnCapacity(),
            full.scale());
    return new PrunedNetwork(full, network, kept);
  }

  /** The network before pruning. */
  public FlowNetwork full() {
    return full;
  }

  /**
   * The network after pruning: the same groups and blocks in the same order, fewer nodes. Largest
   * and return capacity are still those of the full network.
   */
  public FlowNetwork network() {
    return network;
  }

  /** Whether any path leads from super-source to super-sink. */
  public boolean hasPath() {
    return kept[full.source()].length > 0;
  }

  /** The members of a full group that were kept, ascending. */
  public int[] kept(int group) {
    return kept[group].clone();
  }

  /**
   * The first group, from the super-sink backwards, that keeps no node: where the paths end. −1 if
   * there is a path.
   */
  public int firstEmptyGroup() {
    List<Integer> order = full.groupOrder();
    BitSet[] reaching = NodeReach.from(full, full.sink(), false);
    for (int i = order.size() - 1; i >= 0 && !hasPath(); i--) {
      if (reaching[order.get(i)].isEmpty()) {
        return order.get(i);
      }
    }
    return -1;
  }

  private static ArcBlock restrict(FlowNetwork full, ArcBlock block, int[][] kept) {
    int[] tails = kept[block.tail()];
    int[] heads = kept[block.head()];
    boolean whole =
        tails.length == full.groups().get(block.tail()).size()
            && heads.length == full.groups().get(block.head()).size();
    if (whole) {
      return block;
    }
    return switch (block.shape()) {
      case DENSE -> ArcBlock.dense(block.tail(), block.head(), block.capacity().part(tails, heads));
      case DIAGONAL -> restrictDiagonal(block, tails, heads);
      case LISTED -> restrictListed(block, tails, heads);
    };
  }

  /** A diagonal block whose groups lost different nodes is diagonal no longer. */
  private static ArcBlock restrictDiagonal(ArcBlock block, int[] tails, int[] heads) {
    Matrix capacity = block.capacity();
    if (Arrays.equals(tails, heads)) {
      Matrix part = capacity.part(new int[] {0}, tails);
      return ArcBlock.diagonal(block.tail(), block.head(), part);
    }
    double[] values = new double[tails.length * heads.length];
    for (int row = 0; row < tails.length; row++) {
      for (int column = 0; column < heads.length; column++) {
        values[row * heads.length + column] =
            tails[row] == heads[column] ? capacity.get(tails[row]) : 0;
      }
    }
    Matrix dense = Matrix.of(tails.length, heads.length, values).in(capacity.precision());
    return ArcBlock.dense(block.tail(), block.head(), dense);
  }

  /** Arcs of no capacity go with those whose nodes are gone. */
  private static ArcBlock restrictListed(ArcBlock block, int[] tails, int[] heads) {
    ArcEnds ends = block.ends();
    int[] newTails = new int[ends.count()];
    int[] newHeads = new int[ends.count()];
    double[] capacity = new double[ends.count()];
    int count = 0;
    for (int arc = 0; arc < ends.count(); arc++) {
      int tail = Arrays.binarySearch(tails, ends.tail(arc));
      int head = Arrays.binarySearch(heads, ends.head(arc));
      if (tail >= 0 && head >= 0 && block.capacity().get(arc) > 0) {
        newTails[count] = tail;
        newHeads[count] = head;
        capacity[count++] = block.capacity().get(arc);
      }
    }
    ArcEnds kept =
        ArcEnds.of(
            Arrays.copyOf(newTails, count),
            Arrays.copyOf(newHeads, count),
            tails.length,
            heads.length);
    ArcBlock listed =
        ArcBlock.listed(block.tail(), block.head(), kept, Arrays.copyOf(capacity, count));
    return listed.with(listed.capacity().in(block.capacity().precision()));
  }
}
