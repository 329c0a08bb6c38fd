package org.attentionflow.laplacian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.dual.Conductances;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.dual.Sums;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * The grounded Laplacian of a network's conductances: the conductances as rows, one 32-bit number
 * per arc, and their sum at every node. The sums are taken of the rounded numbers, in double
 * precision, so that the matrix is the exact Laplacian of conductances that are off by 6e-8: a
 * Newton step finds its direction with it, and what it reaches is measured without it. Not
 * thread-safe.
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

  /** Columns at a time: three buffers of them take 12 KB. */
  private static final int TILE = 512;

  private final int sink;
  private final int source;
  private final WorkerThreads workers;
  private final List<Pair> pairs = new ArrayList<>();
  private final int[][] pairOf;
  private final RowChunks chunks;

  /** Of each chunk: sums over its rows for the nodes they lead to. */
  private final double[][] sums;

  private final double[][] diagonal;
  private final Buffers[] buffers;
  private double returnConductance;

  /** Of one thread. */
  private static final class Buffers {
    final double[] row;
    final double[] heads = new double[TILE];
    final double[] into = new double[TILE];

    Buffers(int width) {
      row = new double[Math.max(TILE, width)];
    }
  }

  ConductanceRows(FlowNetwork network, WorkerThreads workers) {
    sink = network.sink();
    source = network.source();
    this.workers = workers;
    diagonal = network.groups().stream().map(g -> new double[g.size()]).toArray(double[][]::new);
    pairOf = new int[diagonal.length][diagonal.length];
    for (int[] row : pairOf) {
      Arrays.fill(row, -1);
    }
    for (ArcBlock block : network.blocks()) {
      if (pairOf[block.tail()][block.head()] < 0) {
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
    buffers = new Buffers[workers.count()];
    int widest = Arrays.stream(diagonal).mapToInt(group -> group.length).max().orElse(1);
    for (int worker = 0; worker < buffers.length; worker++) {
      buffers[worker] = new Buffers(widest);
    }
    sums = new double[chunks.count()][];
    for (int chunk = 0; chunk < sums.length; chunk++) {
      sums[chunk] = new double[diagonal[pairs.get(chunks.block(chunk)).head()].length];
    }
  }

  /** The blocks; the return arc is not among them. */
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
    double[][] rowSums = new double[chunks.count()][];
    workers.run(
        chunks.count(),
        (worker, chunk) -> {
          float[][] rows = pairs.get(chunks.block(chunk)).rows();
          double[] row = buffers[worker].row;
          int count = sums[chunk].length;
          rowSums[chunk] = new double[chunks.to(chunk) - chunks.from(chunk)];
          Arrays.fill(sums[chunk], 0);
          for (int i = 0; i < rowSums[chunk].length; i++) {
            widen(rows[chunks.from(chunk) + i], row, count);
            rowSums[chunk][i] = Sums.sum(row, 0, count);
            add(row, sums[chunk]);
          }
        });
    for (double[] group : diagonal) {
      Arrays.fill(group, 0);
    }
    diagonal[sink][0] += returnConductance;
    diagonal[source][0] += returnConductance;
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      Pair pair = pairs.get(chunks.block(chunk));
      for (int i = 0; i < rowSums[chunk].length; i++) {
        diagonal[pair.tail()][chunks.from(chunk) + i] += rowSums[chunk][i];
      }
      add(sums[chunk], diagonal[pair.head()]);
    }
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
    double[][] dots = new double[chunks.count()][];
    workers.run(
        chunks.count(),
        (worker, chunk) -> {
          Pair pair = pairs.get(chunks.block(chunk));
          if (pair.head() != sink) {
            dots[chunk] = multiply(chunk, pair, x, buffers[worker]);
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
    Arrays.fill(y[sink], 0);
  }

  /**
   * The part of a chunk: C x for its tails, which is returned, and Cᵀ x for its heads. It goes
   * through some columns of all rows before the next ones, so that all but the conductances stays
   * in the nearest cache.
   */
  private double[] multiply(int chunk, Pair pair, double[][] x, Buffers of) {
    double[] heads = x[pair.head()];
    double[] dots = new double[chunks.to(chunk) - chunks.from(chunk)];
    for (int first = 0; first < heads.length; first += TILE) {
      int count = Math.min(TILE, heads.length - first);
      System.arraycopy(heads, first, of.heads, 0, count);
      Arrays.fill(of.into, 0, count, 0);
      for (int i = 0; i < dots.length; i++) {
        int tail = chunks.from(chunk) + i;
        dots[i] += widen(pair.rows()[tail], first, of.row, of.heads, count);
        add(x[pair.tail()][tail], of.row, of.into, count);
      }
      System.arraycopy(of.into, 0, sums[chunk], first, count);
    }
    return dots;
  }

  /** Widens numbers and sums their products with x, with four accumulators. */
  private static double widen(float[] from, int first, double[] into, double[] x, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 4 <= count; j += 4) {
      double a = from[first + j];
      double b = from[first + j + 1];
      double c = from[first + j + 2];
      double d = from[first + j + 3];
      into[j] = a;
      into[j + 1] = b;
      into[j + 2] = c;
      into[j + 3] = d;
      s0 += a * x[j];
      s1 += b * x[j + 1];
      s2 += c * x[j + 2];
      s3 += d * x[j + 3];
    }
    for (; j < count; j++) {
      into[j] = from[first + j];
      s0 += into[j] * x[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static void add(double factor, double[] from, double[] into, int count) {
    for (int j = 0; j < count; j++) {
      into[j] += factor * from[j];
    }
  }

  private static void widen(float[] from, double[] into, int count) {
    for (int j = 0; j < count; j++) {
      into[j] = from[j];
    }
  }

  private static void subtract(double[] from, double[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] -= from[j];
    }
  }
}
