package org.attentionflow.flow;

import java.util.Arrays;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;
import org.attentionflow.tensor.Matrix;

/**
 * The best cut among the level sets {node : potential ≥ θ} of node potentials. An arc from a to b
 * is cut by exactly the levels in (potential(b), potential(a)]: its capacity enters the sum over
 * the levels above that of b and leaves it above that of a. So one sweep, summed by nodes, gives
 * the capacities of all of them. The best is then summed again on its own.
 *
 * <p>At the solution of the barrier problem the best level set has a capacity of at most value +
 * 2mμ: the capacities of all level sets, weighted by the potential they span, average to at most
 * that.
 */
final class LevelCut {
  private final FlowNetwork network;
  private final NodeIndex index;

  /** Per node the rank of its potential among the distinct ones, from 0. */
  private final int[] rank;

  private final int rankCount;

  private LevelCut(FlowNetwork network, NodeIndex index, int[] rank, int rankCount) {
    this.network = network;
    this.index = index;
    this.rank = rank;
    this.rankCount = rankCount;
  }

  /**
   * Finds the cut.
   *
   * @param potentials [group][member]; if the source is not above the sink, the source alone is cut
   *     off
   */
  static Cut best(FlowNetwork network, double[][] potentials, ArcSweep sweep) {
    NodeIndex index = NodeIndex.of(network);
    double[] potential = new double[index.nodeCount()];
    for (int group = 0; group < potentials.length; group++) {
      int size = network.groups().get(group).size();
      System.arraycopy(potentials[group], 0, potential, index.first(group), size);
    }
    double[] levels = Arrays.stream(potential).sorted().distinct().toArray();
    int[] rank = new int[potential.length];
    for (int node = 0; node < rank.length; node++) {
      rank[node] = Arrays.binarySearch(levels, potential[node]);
    }
    LevelCut cut = new LevelCut(network, index, rank, levels.length);
    return cut.capacityOf(cut.bestLevel(sweep), sweep);
  }

  /** The lowest rank on the source's side of the best level set. */
  private int bestLevel(ArcSweep sweep) {
    double[] atHeads = new double[rank.length];
    double[] atTails = new double[rank.length];
    for (ChunkSums sums : sweep.map(this::falling)) {
      sums.join(index, atHeads, atTails);
    }
    double[] change = new double[rankCount + 1];
    for (int node = 0; node < rank.length; node++) {
      change[rank[node] + 1] += atHeads[node] - atTails[node];
    }
    int source = rank[index.first(network.source())];
    int sink = rank[index.first(network.sink())];
    int best = rankCount;
    double capacity = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int level = 0; level <= source; level++) {
      capacity += change[level];
      if (level > sink && capacity < smallest) {
        smallest = capacity;
        best = level;
      }
    }
    return best;
  }

  /** The capacities of the arcs along which the potential falls: all levels between cut them. */
  private ChunkSums falling(ArcSweep.Chunk chunk) {
    ChunkSums sums = new ChunkSums(chunk);
    double[] capacity = new double[chunk.arcs().capacity().columnCount()];
    int firstTail = index.first(chunk.arcs().tail());
    int firstHead = index.first(chunk.arcs().head());
    for (int row = chunk.from(); row < chunk.to(); row++) {
      chunk.arcs().capacity().copy(row * capacity.length, capacity.length, capacity, 0);
      for (int j = 0; j < capacity.length; j++) {
        int tail = rank[firstTail + chunk.arcs().tailNode(row, j)];
        int head = rank[firstHead + chunk.arcs().headNode(row, j)];
        capacity[j] = tail > head ? capacity[j] : 0;
      }
      sums.add(row, capacity);
    }
    return sums;
  }

  private Cut capacityOf(int level, ArcSweep sweep) {
    boolean[] onSourceSide = new boolean[rank.length];
    for (int node = 0; node < rank.length; node++) {
      onSourceSide[node] = rank[node] >= level;
    }
    onSourceSide[index.first(network.source())] = true;
    onSourceSide[index.first(network.sink())] = false;
    double[] perBlock = new double[network.blocks().size()];
    sweep
        .map(chunk -> new Crossing(chunk.block(), crossing(chunk, onSourceSide)))
        .forEach(part -> perBlock[part.block] += part.capacity);
    double total = 0;
    for (double capacity : perBlock) {
      total += capacity;
    }
    return new Cut(total, Arrays.stream(perBlock).boxed().toList());
  }

  /** What of a block's capacity crosses from one side to the other. */
  private record Crossing(int block, double capacity) {}

  private double crossing(ArcSweep.Chunk chunk, boolean[] onSourceSide) {
    double sum = 0;
    ArcBlock arcs = chunk.arcs();
    Matrix capacity = arcs.capacity();
    int columns = capacity.columnCount();
    int firstTail = index.first(arcs.tail());
    int firstHead = index.first(arcs.head());
    boolean isDense = arcs.shape() == ArcBlock.Shape.DENSE;
    for (int row = chunk.from(); row < chunk.to(); row++) {
      if (!isDense || onSourceSide[firstTail + row]) {
        for (int j = 0; j < columns; j++) {
          boolean crosses =
              onSourceSide[firstTail + arcs.tailNode(row, j)]
                  && !onSourceSide[firstHead + arcs.headNode(row, j)];
          sum += crosses ? capacity.get(row * columns + j) : 0;
        }
      }
    }
    return sum;
  }
}
