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
    BitSet[] reached = reach(full, full.source(), true);
    BitSet[] reaching = reach(full, full.sink(), false);
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
    List<Integer> order = full.topologicalOrder();
    BitSet[] reaching = reach(full, full.sink(), false);
    for (int i = order.size() - 1; i >= 0 && !hasPath(); i--) {
      if (reaching[order.get(i)].isEmpty()) {
        return order.get(i);
      }
    }
    return -1;
  }

  /** Per group the nodes that can be reached from a terminal along (or against) the arcs. */
  private static BitSet[] reach(FlowNetwork network, int terminal, boolean forwards) {
    BitSet[] reached = new BitSet[network.groups().size()];
    for (int group = 0; group < reached.length; group++) {
      reached[group] = new BitSet(network.groups().get(group).size());
    }
    reached[terminal].set(0, network.groups().get(terminal).size());
    List<Integer> order = network.topologicalOrder();
    for (int i = 0; i < order.size(); i++) {
      int group = order.get(forwards ? i : order.size() - 1 - i);
      for (ArcBlock block : network.blocks()) {
        if ((forwards ? block.tail() : block.head()) == group) {
          spread(block, reached[block.tail()], reached[block.head()], forwards);
        }
      }
    }
    return reached;
  }

  /** Stops as early as it can: in a dense network most rows are decided by their first arc. */
  private static void spread(ArcBlock block, BitSet tails, BitSet heads, boolean forwards) {
    Matrix capacity = block.capacity();
    int columns = capacity.columnCount();
    for (int row = 0, first = 0; row < capacity.rowCount(); row++, first += columns) {
      if (block.shape() == ArcBlock.Shape.DIAGONAL) {
        spreadDiagonal(capacity, tails, heads, forwards);
      } else if (forwards && tails.get(row)) {
        for (int head = heads.nextClearBit(0);
            head < columns;
            head = heads.nextClearBit(head + 1)) {
          heads.set(head, capacity.get(first + head) > 0);
        }
      } else if (!forwards) {
        int head = heads.nextSetBit(0);
        while (head >= 0 && !(capacity.get(first + head) > 0)) {
          head = heads.nextSetBit(head + 1);
        }
        tails.set(row, tails.get(row) || head >= 0);
      }
    }
  }

  private static void spreadDiagonal(
      Matrix capacity, BitSet tails, BitSet heads, boolean forwards) {
    for (int i = 0; i < capacity.size(); i++) {
      if (capacity.get(i) > 0) {
        (forwards ? heads : tails).set(i, tails.get(i) || heads.get(i));
      }
    }
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
    if (block.shape() == ArcBlock.Shape.DIAGONAL) {
      return restrictDiagonal(block, tails, heads);
    }
    return ArcBlock.dense(block.tail(), block.head(), block.capacity().part(tails, heads));
  }

  /** A diagonal block whose groups lost different nodes is diagonal no longer. */
  private static ArcBlock restrictDiagonal(ArcBlock block, int[] tails, int[] heads) {
    Matrix capacity = block.capacity();
    if (Arrays.equals(tails, heads)) {
      Matrix part = capacity.part(new int[] {0}, tails);
      return new ArcBlock(block.tail(), block.head(), ArcBlock.Shape.DIAGONAL, part);
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
}
