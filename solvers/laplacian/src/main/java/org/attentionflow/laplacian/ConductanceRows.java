package org.attentionflow.laplacian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.dual.Conductances;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.dual.RowKernel;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * The grounded Laplacian of a network's conductances: the conductances as rows, one 32-bit number
 * per arc, those of listed blocks as {@link ListedConductances}, and their sum at every node. The
 * sums are taken of the rounded numbers, in double precision, so that the matrix is the exact
 * Laplacian of conductances that are off by 6e-8: a Newton step finds its direction with it, and
 * what it reaches is measured without it. Not thread-safe.
 */
final class ConductanceRows implements Conductances {
  /** The conductances between two groups, [tail][head]. */
  record Pair(int tail, int head, float[][] rows) {
    /** Their sum. */
    double sum() {
      double sum = 0;
      for (float[] row : rows) {
        for (float conductance : row) {
          sum += conductance;
        }
      }
      return sum;
    }
  }

  private final int sink;
  private final int source;
  private final WorkerThreads workers;
  private final List<Pair> pairs = new ArrayList<>();
  private final int[][] pairOf;
  private final RowChunks chunks;

  /** Of each chunk: sums over its rows for the nodes they lead to. */
  private final double[][] sums;

  /** Of each chunk: the sum of each of its rows. */
  private final double[][] dots;

  private final double[][] diagonal;
  private final RowKernel kernel;
  private final ListedConductances listed;
  private double returnConductance;

  ConductanceRows(FlowNetwork network, WorkerThreads workers, RowKernel kernel) {
    this.kernel = kernel;
    sink = network.sink();
    source = network.source();
    this.workers = workers;
    diagonal = network.groups().stream().map(g -> new double[g.size()]).toArray(double[][]::new);
    pairOf = new int[diagonal.length][diagonal.length];
    for (int[] row : pairOf) {
      Arrays.fill(row, -1);
    }
    listed = new ListedConductances(network, workers);
    for (ArcBlock block : network.blocks()) {
      boolean isListed = block.shape() == ArcBlock.Shape.LISTED;
      if (!isListed && pairOf[block.tail()][block.head()] < 0) {
        pairOf[block.tail()][block.head()] = pairs.size();
        int rows = diagonal[block.tail()].length;
        int columns = diagonal[block.head()].length;
        pairs.add(new Pair(block.tail(), block.head(), new float[rows][columns]));
      }
    }
    chunks =
        new RowChunks(
            pairs.stream().mapToInt(pair -> pair.rows().length).toArray(),
            pairs.stream().mapToInt(pair -> diagonal[pair.head()].length).toArray());
    sums = new double[chunks.count()][];
    dots = new double[chunks.count()][];
    for (int chunk = 0; chunk < sums.length; chunk++) {
      sums[chunk] = new double[diagonal[pairs.get(chunks.block(chunk)).head()].length];
      dots[chunk] = new double[chunks.to(chunk) - chunks.from(chunk)];
    }
  }

  /** What joins nodes by listed arcs. */
  ListedConductances listed() {
    return listed;
  }

  /** The pairs of groups that rows join; the return arc is not among them. */
  List<Pair> pairs() {
    return pairs;
  }

  /** The group of the super-sink. */
  int sink() {
    return sink;
  }

  /** The group of the super-source. */
  int source() {
    return source;
  }

  /** What joins the super-source to the super-sink. */
  double returnConductance() {
    return returnConductance;
  }

  /** Sums the diagonal; returns whether every node is joined, by conductances that are numbers. */
  boolean prepare() {
    double[][] ones = new double[diagonal.length][];
    for (int group = 0; group < ones.length; group++) {
      ones[group] = new double[diagonal[group].length];
      Arrays.fill(ones[group], 1);
    }
    workers.run(chunks.count(), (worker, chunk) -> multiply(chunk, ones));
    for (double[] group : diagonal) {
      Arrays.fill(group, 0);
    }
    diagonal[sink][0] += returnConductance;
    diagonal[source][0] += returnConductance;
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      Pair pair = pairs.get(chunks.block(chunk));
      for (int i = 0; i < dots[chunk].length; i++) {
        diagonal[pair.tail()][chunks.from(chunk) + i] += dots[chunk][i];
      }
      add(sums[chunk], diagonal[pair.head()]);
    }
    listed.addProduct(1, ones, diagonal);
    return isPositive();
  }

  private boolean isPositive() {
    for (double[] group : diagonal) {
      for (double value : group) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Sum of conductances at every node; known once it is prepared. */
  double[][] diagonal() {
    return diagonal;
  }

  @Override
  public void clear() {
    returnConductance = 0;
    listed.clear();
    workers.run(
        chunks.count(),
        (worker, chunk) -> {
          for (int i = chunks.from(chunk); i < chunks.to(chunk); i++) {
            Arrays.fill(pairs.get(chunks.block(chunk)).rows()[i], 0);
          }
        });
  }

  @Override
  public void add(int group, int member, int other, int otherMember, double conductance) {
    if (pairOf[group][other] >= 0) {
      pairs.get(pairOf[group][other]).rows()[member][otherMember] += conductance;
    } else {
      returnConductance += conductance;
    }
  }

  @Override
  public void addRow(int group, int member, int other, int count, double[] conductance) {
    if (pairOf[group][other] >= 0) {
      float[] row = pairs.get(pairOf[group][other]).rows()[member];
      for (int j = 0; j < count; j++) {
        row[j] += (float) conductance[j];
      }
    } else {
      returnConductance += conductance[0];
    }
  }

  @Override
  public void addListed(int block, ArcBlock arcs, int row, double[] conductance) {
    listed.set(block, arcs, row, conductance);
  }

  private static void add(double[] from, double[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] += from[j];
    }
  }

  /** y ← L x, with the super-sink grounded (x there counts as 0 and y is set to 0). */
  void multiply(double[][] x, double[][] y) {
    for (int group = 0; group < y.length; group++) {
      double[] d = diagonal[group];
      double[] from = x[group];
      double[] to = y[group];
      for (int i = 0; i < to.length; i++) {
        to[i] = d[i] * from[i];
      }
    }
    workers.run(
        chunks.count(),
        (worker, chunk) -> {
          if (pairs.get(chunks.block(chunk)).head() != sink) {
            multiply(chunk, x);
          }
        });
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      Pair pair = pairs.get(chunks.block(chunk));
      if (pair.head() != sink) {
        double[] tails = y[pair.tail()];
        for (int i = 0; i < dots[chunk].length; i++) {
          tails[chunks.from(chunk) + i] -= dots[chunk][i];
        }
        subtract(sums[chunk], y[pair.head()]);
      }
    }
    listed.addProduct(-1, x, y);
    Arrays.fill(y[sink], 0);
  }

  /** The part of a chunk: C x for its tails in {@link #dots}, Cᵀ x for its heads in the sums. */
  private void multiply(int chunk, double[][] x) {
    Pair pair = pairs.get(chunks.block(chunk));
    Arrays.fill(sums[chunk], 0);
    kernel.multiply(
        pair.rows(),
        chunks.from(chunk),
        chunks.to(chunk),
        sums[chunk].length,
        x[pair.head()],
        x[pair.tail()],
        dots[chunk],
        sums[chunk]);
  }

  private static void subtract(double[] from, double[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] -= from[j];
    }
  }
}
