package org.attentionflow.barrier;

import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;

/**
 * Conductances between all nodes of a network as one square matrix of 64 bits, to compare with.
 * Nodes are eliminated one after another in their order, the super-sink never: star by star the
 * neighbours of a node are joined by what led through it.
 */
final class JoinedNodes {
  private final NodeIndex index;
  private final int sink;
  private final double[][] joined;

  JoinedNodes(FlowNetwork network) {
    index = NodeIndex.of(network);
    sink = index.node(network.sink(), 0);
    joined = new double[index.nodeCount()][index.nodeCount()];
  }

  void join(int group, int member, int other, int otherMember, double conductance) {
    int a = index.node(group, member);
    int b = index.node(other, otherMember);
    joined[a][b] += conductance;
    joined[b][a] += conductance;
  }

  /** xᵀLx, a sum of squares. */
  double energy(double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += joined[i][j] * (x[i] - x[j]) * (x[i] - x[j]);
      }
    }
    return sum;
  }

  /** [group][member] as one vector of nodes. */
  double[] flat(double[][] x) {
    double[] flat = new double[joined.length];
    for (int group = 0; group < x.length; group++) {
      for (int i = 0; i < x[group].length; i++) {
        flat[index.node(group, i)] = x[group][i];
      }
    }
    return flat;
  }

  /** The potentials at which the currents b flow to the super-sink. */
  double[] solve(double[][] b) {
    double[] x = flat(b);
    int n = x.length;
    double[][] left = new double[n][];
    for (int i = 0; i < n; i++) {
      left[i] = joined[i].clone();
    }
    boolean[] isGone = new boolean[n];
    double[] pivot = new double[n];
    for (int k = 0; k < n; k++) {
      if (k == sink) {
        continue;
      }
      for (int j = 0; j < n; j++) {
        pivot[k] += isGone[j] ? 0 : left[k][j];
      }
      isGone[k] = true;
      for (int i = 0; i < n; i++) {
        if (!isGone[i]) {
          double part = left[k][i] / pivot[k];
          x[i] += part * x[k];
          for (int j = 0; j < n; j++) {
            left[i][j] += isGone[j] || i == j ? 0 : part * left[k][j];
          }
        }
      }
    }
    x[sink] = 0;
    for (int k = n - 1; k >= 0; k--) {
      if (k == sink) {
        continue;
      }
      for (int j = 0; j < n; j++) {
        x[k] += j > k || j == sink ? left[k][j] * x[j] : 0;
      }
      x[k] /= pivot[k];
    }
    return x;
  }
}
