package org.attentionflow.laplacian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.ArcEnds;
import org.attentionflow.network.FlowNetwork;

/**
 * The conductances of listed blocks: one 32-bit number per arc. Products run over the arcs at each
 * node, those that leave it and those that enter it, in the order of the list, so threads may share
 * the nodes. Not thread-safe.
 */
final class ListedConductances {
  /**
   * The conductances of one block.
   *
   * @param arcs the block
   * @param conductance [arc]
   */
  record Part(ArcBlock arcs, float[] conductance) {
    /** Adds, at some nodes of the head group, sign · conductance · the number at the tail. */
    void addToHeads(double sign, int from, int to, double[] tails, double[] into) {
      ArcEnds ends = arcs.ends();
      for (int node = from; node < to; node++) {
        double sum = 0;
        for (int at = ends.firstEntering(node); at < ends.firstEntering(node + 1); at++) {
          sum += conductance[ends.entering(at)] * tails[ends.enteringTail(at)];
        }
        into[node] += sign * sum;
      }
    }

    /** Adds, at some nodes of the tail group, sign · conductance · the number at the head. */
    void addToTails(double sign, int from, int to, double[] heads, double[] into) {
      ArcEnds ends = arcs.ends();
      for (int node = from; node < to; node++) {
        double sum = 0;
        for (int arc = ends.firstLeaving(node); arc < ends.firstLeaving(node + 1); arc++) {
          sum += conductance[arc] * heads[ends.head(arc)];
        }
        into[node] += sign * sum;
      }
    }
  }

  private final WorkerThreads workers;
  private final List<Part> parts = new ArrayList<>();

  /** [block of the network]: its part; −1 if it is not listed. */
  private final int[] partOf;

  /** [group]: the parts whose arcs enter it. */
  private final List<List<Part>> entering = new ArrayList<>();

  /** [group]: the parts whose arcs leave it. */
  private final List<List<Part>> leaving = new ArrayList<>();

  /** Of the nodes of each group at which there are parts. */
  private final RowChunks chunks;

  ListedConductances(FlowNetwork network, WorkerThreads workers) {
    this.workers = workers;
    partOf = new int[network.blocks().size()];
    Arrays.fill(partOf, -1);
    int[] nodes = new int[network.groups().size()];
    int[] degree = new int[nodes.length];
    for (int group = 0; group < nodes.length; group++) {
      entering.add(new ArrayList<>());
      leaving.add(new ArrayList<>());
    }
    for (int block = 0; block < partOf.length; block++) {
      ArcBlock arcs = network.blocks().get(block);
      if (arcs.shape() == ArcBlock.Shape.LISTED) {
        partOf[block] = parts.size();
        Part part = new Part(arcs, new float[arcs.ends().count()]);
        parts.add(part);
        entering.get(arcs.head()).add(part);
        leaving.get(arcs.tail()).add(part);
        for (int group : new int[] {arcs.head(), arcs.tail()}) {
          nodes[group] = network.groups().get(group).size();
          degree[group] += arcs.ends().count() / Math.max(1, nodes[group]) + 1;
        }
      }
    }
    chunks = new RowChunks(nodes, degree);
  }

  /** The conductances of each listed block. */
  List<Part> parts() {
    return parts;
  }

  void clear() {
    parts.forEach(part -> Arrays.fill(part.conductance(), 0));
  }

  /** Sets the conductances of a row of a block. */
  void set(int block, ArcBlock arcs, int row, double[] values) {
    float[] conductance = parts.get(partOf[block]).conductance();
    int from = row * arcs.ends().rowLength();
    int count = Math.min(arcs.ends().rowLength(), conductance.length - from);
    for (int j = 0; j < count; j++) {
      conductance[from + j] = (float) values[j];
    }
  }

  /** into ← into + sign · C x, for the symmetric matrix C of all listed conductances. */
  void addProduct(double sign, double[][] x, double[][] into) {
    workers.run(
        chunks.count(),
        (worker, chunk) -> {
          int group = chunks.block(chunk);
          int from = chunks.from(chunk);
          int to = chunks.to(chunk);
          for (Part part : entering.get(group)) {
            part.addToHeads(sign, from, to, x[part.arcs().tail()], into[group]);
          }
          for (Part part : leaving.get(group)) {
            part.addToTails(sign, from, to, x[part.arcs().head()], into[group]);
          }
        });
  }
}
