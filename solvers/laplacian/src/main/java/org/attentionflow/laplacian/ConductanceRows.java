package org.attentionflow.laplacian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.dual.Conductances;
import org.attentionflow.dual.Sums;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * The grounded Laplacian of a network's conductances: the conductances as rows, one number per arc,
 * and their sum at every node. Not thread-safe.
 */
final class ConductanceRows implements Conductances {
  /** The conductances between two groups, [tail][head]. */
  record Pair(int tail, int head, double[][] rows) {
    /** Their sum. */
    double sum() {
      double sum = 0;
      for (double[] row : rows) {
        sum += Sums.sum(row, 0, row.length);
      }
      return sum;
    }
  }

  private final int sink;
  private final int source;
  private final List<Pair> pairs = new ArrayList<>();
  private final int[][] pairOf;
  private final double[][] diagonal;
  private double returnConductance;

  ConductanceRows(FlowNetwork network, double[][] zeros) {
    sink = network.sink();
    source = network.source();
    diagonal = zeros;
    int groups = network.groups().size();
    pairOf = new int[groups][groups];
    for (int[] row : pairOf) {
      Arrays.fill(row, -1);
    }
    for (ArcBlock block : network.blocks()) {
      if (pairOf[block.tail()][block.head()] < 0) {
        pairOf[block.tail()][block.head()] = pairs.size();
        int rows = network.groups().get(block.tail()).size();
        int columns = network.groups().get(block.head()).size();
        pairs.add(new Pair(block.tail(), block.head(), new double[rows][columns]));
      }
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

  /** Whether every node is joined to others, by conductances that are numbers. */
  boolean isPositive() {
    for (double[] group : diagonal) {
      for (double value : group) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Sum of conductances at every node. */
  double[][] diagonal() {
    return diagonal;
  }

  @Override
  public void clear() {
    returnConductance = 0;
    for (Pair pair : pairs) {
      for (double[] row : pair.rows()) {
        Arrays.fill(row, 0);
      }
    }
    for (double[] group : diagonal) {
      Arrays.fill(group, 0);
    }
  }

  @Override
  public void add(int group, int member, int other, int otherMember, double conductance) {
    diagonal[group][member] += conductance;
    diagonal[other][otherMember] += conductance;
    if (pairOf[group][other] >= 0) {
      pairs.get(pairOf[group][other]).rows()[member][otherMember] += conductance;
    } else {
      returnConductance += conductance;
    }
  }

  @Override
  public void addRow(int group, int member, int other, int count, double[] conductance) {
    double[] at = diagonal[other];
    for (int j = 0; j < count; j++) {
      at[j] += conductance[j];
    }
    diagonal[group][member] += Sums.sum(conductance, 0, count);
    if (pairOf[group][other] >= 0) {
      double[] row = pairs.get(pairOf[group][other]).rows()[member];
      for (int j = 0; j < count; j++) {
        row[j] += conductance[j];
      }
    } else {
      returnConductance += conductance[0];
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
    for (Pair pair : pairs) {
      if (pair.head() != sink) {
        double[] heads = x[pair.head()];
        double[] tails = x[pair.tail()];
        double[] toHeads = y[pair.head()];
        double[] toTails = y[pair.tail()];
        for (int i = 0; i < tails.length; i++) {
          double[] row = pair.rows()[i];
          toTails[i] -= Sums.of(row, heads, 0, heads.length);
          subtract(tails[i], row, toHeads, heads.length);
        }
      }
    }
    Arrays.fill(y[sink], 0);
  }

  private static void subtract(double factor, double[] row, double[] into, int count) {
    for (int j = 0; j < count; j++) {
      into[j] -= factor * row[j];
    }
  }
}
