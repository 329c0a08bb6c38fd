package org.attentionflow.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;

/**
 * The best cut among the level sets {node : potential ≥ θ} of node potentials. An arc from a to b
 * is cut by exactly the levels in (potential(b), potential(a)], so one sweep that adds each
 * capacity to a range of levels gives the capacities of all of them. The best is then summed again
 * on its own.
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
  static Cut best(FlowNetwork network, double[][] potentials) {
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
    return cut.capacityOf(cut.bestLevel());
  }

  /** The lowest rank on the source's side of the best level set. */
  private int bestLevel() {
    double[] change = new double[rankCount + 1];
    for (ArcBlock block : network.blocks()) {
      double[] capacity = block.capacity().values();
      int columns = block.capacity().columnCount();
      for (int i = 0, at = 0; i < block.capacity().rowCount(); i++) {
        for (int j = 0; j < columns; j++, at++) {
          int tail = rank[index.first(block.tail()) + block.tailNode(i, j)];
          int head = rank[index.first(block.head()) + j];
          if (tail > head) {
            change[head + 1] += capacity[at];
            change[tail + 1] -= capacity[at];
          }
        }
      }
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

  private Cut capacityOf(int level) {
    boolean[] onSourceSide = new boolean[rank.length];
    for (int node = 0; node < rank.length; node++) {
      onSourceSide[node] = rank[node] >= level;
    }
    onSourceSide[index.first(network.source())] = true;
    onSourceSide[index.first(network.sink())] = false;
    List<Double> perBlock = new ArrayList<>();
    double total = 0;
    for (ArcBlock block : network.blocks()) {
      double sum = 0;
      double[] capacity = block.capacity().values();
      int columns = block.capacity().columnCount();
      for (int i = 0, at = 0; i < block.capacity().rowCount(); i++) {
        for (int j = 0; j < columns; j++, at++) {
          boolean crosses =
              onSourceSide[index.first(block.tail()) + block.tailNode(i, j)]
                  && !onSourceSide[index.first(block.head()) + j];
          sum += crosses ? capacity[at] : 0;
        }
      }
      perBlock.add(sum);
      total += sum;
    }
    return new Cut(total, perBlock);
  }
}
