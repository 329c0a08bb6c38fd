package org.attentionflow.laplacian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;

/**
 * The conductances of listed blocks: one 32-bit number per arc, and per node the arcs at it,
 * leaving and entering, with the nodes at their other ends. Sums at a node run over those in their
 * order, so threads may share the nodes. Not thread-safe.
 */
final class ListedConductances {
  /** A listed block and the place of its first arc among all. */
  record Part(ArcBlock arcs, int first) {
    /** The number of the node that an arc leaves. */
    int tail(int k, NodeIndex index) {
      return index.first(arcs.tail()) + arcs.ends().tail(k);
    }

    /** The number of the node that an arc enters. */
    int head(int k, NodeIndex index) {
      return index.first(arcs.head()) + arcs.ends().head(k);
    }
  }

  private final NodeIndex index;
  private final int sink;
  private final WorkerThreads workers;
  private final List<Part> parts = new ArrayList<>();

  /** [block of the network]: the place of its first arc; −1 if it is not listed. */
  private final int[] firstArc;

  private final float[] conductance;

  /** Per node the place of its first neighbour. */
  private final int[] start;

  private final int[] neighbour;

  /** By the same places: which arc. */
  private final int[] arc;

  private final RowChunks chunks;
  private final double[] flat;
  private final double[] sums;

  ListedConductances(FlowNetwork network, WorkerThreads workers) {
    this.workers = workers;
    index = NodeIndex.of(network);
    sink = index.first(network.sink());
    firstArc = new int[network.blocks().size()];
    Arrays.fill(firstArc, -1);
    int count = 0;
    for (int block = 0; block < firstArc.length; block++) {
      ArcBlock arcs = network.blocks().get(block);
      if (arcs.shape() == ArcBlock.Shape.LISTED) {
        firstArc[block] = count;
        parts.add(new Part(arcs, count));
        count += arcs.ends().count();
      }
    }
    conductance = new float[count];
    start = starts();
    neighbour = new int[2 * count];
    arc = new int[2 * count];
    listNeighbours();
    flat = new double[index.nodeCount()];
    sums = new double[flat.length];
    int degree = Math.max(1, 2 * count / flat.length);
    chunks = new RowChunks(new int[] {count == 0 ? 0 : flat.length}, new int[] {degree});
  }

  private int[] starts() {
    int[] starts = new int[index.nodeCount() + 1];
    for (Part part : parts) {
      for (int k = 0; k < part.arcs().ends().count(); k++) {
        starts[part.tail(k, index) + 1]++;
        starts[part.head(k, index) + 1]++;
      }
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    return starts;
  }

  private void listNeighbours() {
    int[] next = start.clone();
    for (Part part : parts) {
      for (int k = 0; k < part.arcs().ends().count(); k++) {
        int tail = part.tail(k, index);
        int head = part.head(k, index);
        neighbour[next[tail]] = head;
        arc[next[tail]++] = part.first() + k;
        neighbour[next[head]] = tail;
        arc[next[head]++] = part.first() + k;
      }
    }
  }

  /** The blocks. */
  List<Part> parts() {
    return parts;
  }

  /** The conductance of an arc of a block. */
  float conductance(Part part, int k) {
    return conductance[part.first() + k];
  }

  /** Adds the products with the numbers at the tails to those at the heads. */
  void addToHeads(Part part, double[] tails, double[] into) {
    for (int k = 0; k < part.arcs().ends().count(); k++) {
      into[part.arcs().ends().head(k)] += conductance(part, k) * tails[part.arcs().ends().tail(k)];
    }
  }

  /** Adds the products with the numbers at the heads to those at the tails. */
  void addToTails(Part part, double[] heads, double[] into) {
    for (int k = 0; k < part.arcs().ends().count(); k++) {
      into[part.arcs().ends().tail(k)] += conductance(part, k) * heads[part.arcs().ends().head(k)];
    }
  }

  void clear() {
    Arrays.fill(conductance, 0);
  }

  /** Sets the conductances of a row of a block. */
  void set(int block, ArcBlock arcs, int row, double[] values) {
    int from = row * arcs.ends().rowLength();
    int count = Math.min(arcs.ends().rowLength(), arcs.ends().count() - from);
    for (int j = 0; j < count; j++) {
      conductance[firstArc[block] + from + j] = (float) values[j];
    }
  }

  /** into + C 1: adds the sum of the conductances at every node. */
  void addSums(double[][] into) {
    Arrays.fill(flat, 1);
    multiply();
    join(1, into);
  }

  /** into − C x, with the super-sink grounded. */
  void subtractProduct(double[][] x, double[][] into) {
    for (int group = 0; group < x.length; group++) {
      System.arraycopy(x[group], 0, flat, index.first(group), x[group].length);
    }
    flat[sink] = 0;
    multiply();
    join(-1, into);
  }

  /** The products of all nodes, each summed over its neighbours in their order. */
  private void multiply() {
    workers.run(
        chunks.count(),
        (worker, chunk) -> {
          for (int node = chunks.from(chunk); node < chunks.to(chunk); node++) {
            double sum = 0;
            for (int at = start[node]; at < start[node + 1]; at++) {
              sum += conductance[arc[at]] * flat[neighbour[at]];
            }
            sums[node] = sum;
          }
        });
  }

  private void join(double sign, double[][] into) {
    for (int group = 0; group < into.length && !parts.isEmpty(); group++) {
      int first = index.first(group);
      for (int i = 0; i < into[group].length; i++) {
        into[group][i] += sign * sums[first + i];
      }
    }
  }
}
