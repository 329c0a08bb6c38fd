package org.attentionflow.laplacian;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.attentionflow.dual.ArcLoops;
import org.attentionflow.dual.Conductances;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.dual.RowKernel;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * The grounded Laplacian of a network whose groups have two sides, so that every arc joins a group
 * of one side to one of the other or to the super-sink: a chain of layers is such a network.
 *
 * <pre>
 *   L = ( D₁  −C )      S = D₂ − Cᵀ D₁⁻¹ C
 *       ( −Cᵀ D₂ )
 * </pre>
 *
 * Within a side L is diagonal, so the first side can be eliminated exactly. Each of its nodes keeps
 * its conductances to all other nodes as one row of 32-bit numbers, and a product with S takes one
 * pass over the rows. As in {@link ConductanceRows} the diagonal is summed of the rounded numbers.
 * Not thread-safe.
 */
final class BipartiteRows implements Conductances {
  private static final int UNKNOWN = 0;
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  private final int sink;
  private final WorkerThreads workers;
  private final RowKernel kernel;
  private final int[] side;

  /** The groups of the first side. */
  private final int[] rowGroups;

  /** [group of the first side][node][column]. */
  private final float[][][] rows;

  /**
   * [group of the first side][group of the second]: its first column, −1 if they are not joined.
   */
  private final int[][] column;

  private final int[] width;
  private final RowChunks chunks;
  private final double[][] sums;
  private final double[][] dots;
  private final double[][] toSink;
  private final double[][] diagonal;
  private final double[][] inverse;

  /** The vectors of the second side as the rows of each group see them. */
  private final double[][] seen;

  private BipartiteRows(FlowNetwork network, int[] side, WorkerThreads workers, RowKernel kernel) {
    this.side = side;
    this.workers = workers;
    this.kernel = kernel;
    sink = network.sink();
    diagonal = network.groups().stream().map(g -> new double[g.size()]).toArray(double[][]::new);
    inverse = Arrays.stream(diagonal).map(double[]::clone).toArray(double[][]::new);
    toSink = Arrays.stream(diagonal).map(double[]::clone).toArray(double[][]::new);
    column = new int[side.length][side.length];
    width = new int[side.length];
    for (int[] columns : column) {
      Arrays.fill(columns, -1);
    }
    for (ArcBlock block : network.blocks()) {
      if (block.head() != sink) {
        boolean isTailFirst = side[block.tail()] == FIRST;
        int first = isTailFirst ? block.tail() : block.head();
        int second = isTailFirst ? block.head() : block.tail();
        if (column[first][second] < 0) {
          column[first][second] = width[first];
          width[first] += diagonal[second].length;
        }
      }
    }
    rows = new float[side.length][][];
    seen = new double[side.length][];
    int[] groups = new int[side.length];
    int count = 0;
    for (int group = 0; group < side.length; group++) {
      if (side[group] == FIRST && group != sink) {
        rows[group] = new float[diagonal[group].length][width[group]];
        seen[group] = new double[width[group]];
        groups[count++] = group;
      }
    }
    rowGroups = Arrays.copyOf(groups, count);
    chunks =
        new RowChunks(
            Arrays.stream(rowGroups).map(group -> rows[group].length).toArray(),
            Arrays.stream(rowGroups).map(group -> width[group]).toArray());
    sums = new double[chunks.count()][];
    dots = new double[chunks.count()][];
    for (int chunk = 0; chunk < sums.length; chunk++) {
      sums[chunk] = new double[width[rowGroups[chunks.block(chunk)]]];
      dots[chunk] = new double[chunks.to(chunk) - chunks.from(chunk)];
    }
  }

  /** Whether the groups of a network have two sides, and no arcs are listed. */
  static boolean canKeep(FlowNetwork network) {
    boolean isListed =
        network.blocks().stream().anyMatch(block -> block.shape() == ArcBlock.Shape.LISTED);
    return !isListed && sides(network).length > 0;
  }

  /**
   * No conductances yet.
   *
   * @throws IllegalArgumentException if the groups do not have two sides
   */
  static BipartiteRows of(FlowNetwork network, WorkerThreads workers, RowKernel kernel) {
    int[] side = sides(network);
    if (side.length == 0) {
      throw new IllegalArgumentException("The groups of this network do not have two sides.");
    }
    return new BipartiteRows(network, side, workers, kernel);
  }

  /** The side of each group; empty if there are no two. The super-sink has none and gets any. */
  private static int[] sides(FlowNetwork network) {
    int[] side = new int[network.groups().size()];
    Deque<Integer> open = new ArrayDeque<>();
    side[network.source()] = FIRST;
    open.add(network.source());
    for (int group = 0; group < side.length; group++) {
      while (!open.isEmpty()) {
        int from = open.remove();
        for (ArcBlock block : network.blocks()) {
          boolean isJoined = block.tail() == from || block.head() == from;
          if (isJoined && block.head() != network.sink()) {
            int other = block.tail() == from ? block.head() : block.tail();
            if (side[other] == side[from]) {
              return new int[0];
            }
            if (side[other] == UNKNOWN) {
              side[other] = FIRST + SECOND - side[from];
              open.add(other);
            }
          }
        }
      }
      if (side[group] == UNKNOWN) {
        side[group] = FIRST;
        open.add(group);
      }
    }
    return side;
  }

  /** Whether a group is on the side that is eliminated. */
  boolean isFirst(int group) {
    return side[group] == FIRST;
  }

  /** The group of the super-sink. */
  int sink() {
    return sink;
  }

  /** Sum of conductances at every node; known once it is prepared. */
  double[][] diagonal() {
    return diagonal;
  }

  @Override
  public void clear() {
    for (double[] group : toSink) {
      Arrays.fill(group, 0);
    }
    workers.run(
        chunks.count(),
        (worker, chunk) -> {
          float[][] group = rows[rowGroups[chunks.block(chunk)]];
          for (int i = chunks.from(chunk); i < chunks.to(chunk); i++) {
            Arrays.fill(group[i], 0);
          }
        });
  }

  @Override
  public void add(int group, int member, int other, int otherMember, double conductance) {
    if (group == sink) {
      toSink[other][otherMember] += conductance;
    } else if (other == sink) {
      toSink[group][member] += conductance;
    } else if (isFirst(group)) {
      rows[group][member][column[group][other] + otherMember] += (float) conductance;
    } else {
      rows[other][otherMember][column[other][group] + member] += (float) conductance;
    }
  }

  @Override
  public void addRow(int group, int member, int other, int count, double[] conductance) {
    if (group == sink || other == sink) {
      for (int j = 0; j < count; j++) {
        add(group, member, other, j, conductance[j]);
      }
    } else if (isFirst(group)) {
      float[] row = rows[group][member];
      int from = column[group][other];
      for (int j = 0; j < count; j++) {
        row[from + j] += (float) conductance[j];
      }
    } else {
      float[][] others = rows[other];
      int at = column[other][group] + member;
      for (int j = 0; j < count; j++) {
        others[j][at] += (float) conductance[j];
      }
    }
  }

  @Override
  public void addRows(int group, int first, int other, ArcLoops strip, double[] row) {
    if (group == sink || other == sink || isFirst(group)) {
      Conductances.super.addRows(group, first, other, strip, row);
      return;
    }
    float[][] others = rows[other];
    int at = column[other][group] + first;
    double[] conductance = strip.conductances();
    for (int j = 0; j < strip.width(); j++) {
      float[] into = others[j];
      for (int i = 0; i < strip.rows(); i++) {
        into[at + i] += (float) conductance[i * strip.stride() + j];
      }
    }
  }

  /** Sums the diagonal; returns whether every node is joined, by conductances that are numbers. */
  boolean prepare() {
    double[][] ones = Arrays.stream(diagonal).map(double[]::clone).toArray(double[][]::new);
    for (int group = 0; group < ones.length; group++) {
      Arrays.fill(ones[group], 1);
      System.arraycopy(toSink[group], 0, diagonal[group], 0, diagonal[group].length);
    }
    for (int group : rowGroups) {
      Arrays.fill(seen[group], 1);
    }
    workers.run(
        chunks.count(), (worker, chunk) -> multiply(chunk, ones[rowGroups[chunks.block(chunk)]]));
    joinDots(diagonal);
    joinSums(1, diagonal);
    diagonal[sink][0] = 1;
    return invert();
  }

  private boolean invert() {
    boolean isPositive = true;
    for (int group = 0; group < diagonal.length; group++) {
      for (int i = 0; i < diagonal[group].length; i++) {
        double value = diagonal[group][i];
        isPositive &= value > 0 && value < Double.POSITIVE_INFINITY;
        inverse[group][i] = 1 / value;
      }
    }
    return isPositive;
  }

  /** y₂ ← y₂ + Cᵀ x₁. */
  void addToSecond(double[][] x, double[][] y) {
    for (int group : rowGroups) {
      Arrays.fill(seen[group], 0);
    }
    workers.run(
        chunks.count(), (worker, chunk) -> multiply(chunk, x[rowGroups[chunks.block(chunk)]]));
    joinSums(1, y);
  }

  /** y₂ ← S x₂ and y₁ ← D₁⁻¹ C x₂, what x₂ contributes to the first side of a solution. */
  void multiply(double[][] x, double[][] y) {
    for (int group = 0; group < y.length; group++) {
      for (int i = 0; i < y[group].length; i++) {
        y[group][i] = isFirst(group) ? 0 : diagonal[group][i] * x[group][i];
      }
    }
    for (int group : rowGroups) {
      for (int other = 0; other < side.length; other++) {
        if (column[group][other] >= 0) {
          System.arraycopy(x[other], 0, seen[group], column[group][other], x[other].length);
        }
      }
    }
    workers.run(
        chunks.count(),
        (worker, chunk) -> {
          int group = rowGroups[chunks.block(chunk)];
          Arrays.fill(sums[chunk], 0);
          kernel.multiplyTwice(
              rows[group],
              chunks.from(chunk),
              chunks.to(chunk),
              width[group],
              seen[group],
              inverse[group],
              dots[chunk],
              sums[chunk]);
        });
    joinDots(y);
    joinSums(-1, y);
    Arrays.fill(y[sink], 0);
  }

  /** C times what the rows see in {@link #dots}, Cᵀ times the given vector in the sums. */
  private void multiply(int chunk, double[] first) {
    int group = rowGroups[chunks.block(chunk)];
    Arrays.fill(sums[chunk], 0);
    kernel.multiply(
        rows[group],
        chunks.from(chunk),
        chunks.to(chunk),
        width[group],
        seen[group],
        first,
        dots[chunk],
        sums[chunk]);
  }

  private void joinDots(double[][] y) {
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      double[] first = y[rowGroups[chunks.block(chunk)]];
      for (int i = 0; i < dots[chunk].length; i++) {
        first[chunks.from(chunk) + i] += dots[chunk][i];
      }
    }
  }

  /** First the sums of all chunks of a group, column by column; then those of the groups. */
  private void joinSums(double factor, double[][] y) {
    for (int chunk = 0, end; chunk < chunks.count(); chunk = end) {
      double[] sum = sums[chunk];
      for (end = chunk + 1; end < chunks.count() && chunks.from(end) > 0; end++) {
        add(sums[end], sum);
      }
      int[] columns = column[rowGroups[chunks.block(chunk)]];
      for (int other = 0; other < columns.length; other++) {
        if (columns[other] >= 0) {
          add(factor, sum, columns[other], y[other]);
        }
      }
    }
  }

  private static void add(double[] from, double[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] += from[j];
    }
  }

  private static void add(double factor, double[] from, int at, double[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] += factor * from[at + j];
    }
  }
}
