package org.attentionflow.laplacian;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.attentionflow.network.ArcEnds;
import org.attentionflow.network.NodeIndex;

/**
 * A sparse graph that loses node after node: lists of edges, grown in arrays. The places of a
 * node's edges are used again once it is gone.
 */
final class SampledGraph {
  private final int[] first;
  private int[] next = new int[1024];
  private int[] to = new int[1024];
  private double[] weight = new double[1024];
  private int size;

  /** The first place that can be used again, and through {@link #next} the others; −1 if none. */
  private int free = -1;

  private final boolean[] isGone;

  /** The merged neighbours of the node collected last, by increasing weight, and running sums. */
  private int[] nodes = new int[16];

  private double[] weights = new double[16];
  private double[] sums = new double[17];
  private long[] keys = new long[16];
  private final double[] merged;

  SampledGraph(int nodeCount) {
    first = new int[nodeCount];
    Arrays.fill(first, -1);
    isGone = new boolean[nodeCount];
    merged = new double[nodeCount];
  }

  /** Adds the edges of a Laplacian, dense blocks thinned out to some draws per node. */
  void addAll(ConductanceRows laplacian, NodeIndex index, int draws, SplittableRandom random) {
    for (ConductanceRows.Pair pair : laplacian.pairs()) {
      int tail = index.first(pair.tail());
      int head = index.first(pair.head());
      int columns = pair.rows().length == 0 ? 0 : pair.rows()[0].length;
      boolean isSmall = Math.min(pair.rows().length, columns) <= 2 * draws;
      for (int i = 0; i < pair.rows().length; i++) {
        float[] row = pair.rows()[i];
        if (isSmall) {
          for (int j = 0; j < columns; j++) {
            join(tail + i, head + j, row[j]);
          }
        } else {
          drawRow(tail + i, head, row, draws, random);
        }
      }
      for (int j = 0; j < columns && !isSmall; j++) {
        drawRow(head + j, tail, column(pair.rows(), j), draws, random);
      }
    }
    for (ListedConductances.Part part : laplacian.listed().parts()) {
      int tail = index.first(part.arcs().tail());
      int head = index.first(part.arcs().head());
      ArcEnds ends = part.arcs().ends();
      for (int arc = 0; arc < ends.count(); arc++) {
        join(tail + ends.tail(arc), head + ends.head(arc), part.conductance()[arc]);
      }
    }
    joinReturn(laplacian, index);
  }

  private void joinReturn(ConductanceRows laplacian, NodeIndex index) {
    join(
        index.first(laplacian.source()),
        index.first(laplacian.sink()),
        laplacian.returnConductance());
  }

  private static float[] column(float[][] rows, int j) {
    float[] column = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      column[i] = rows[i][j];
    }
    return column;
  }

  /** Draws arcs of a node by stratified sampling of its running sum; they carry half of its sum. */
  private void drawRow(int node, int others, float[] row, int draws, SplittableRandom random) {
    double total = 0;
    for (float conductance : row) {
      total += conductance;
    }
    double step = total / draws;
    if (!(step > 0)) {
      return;
    }
    double reached = 0;
    double target = step * random.nextDouble();
    for (int j = 0; j < row.length; j++) {
      reached += row[j];
      while (target < reached) {
        join(node, others + j, step / 2);
        target += step;
      }
    }
  }

  /** Adds an edge; nothing if the weight is not positive. */
  void join(int a, int b, double value) {
    if (value > 0 && a != b) {
      half(a, b, value);
      half(b, a, value);
    }
  }

  private void half(int from, int node, double value) {
    int place = place();
    to[place] = node;
    weight[place] = value;
    next[place] = first[from];
    first[from] = place;
  }

  private int place() {
    if (free >= 0) {
      int place = free;
      free = next[place];
      return place;
    }
    if (size == to.length) {
      int length = size + size / 2;
      next = Arrays.copyOf(next, length);
      to = Arrays.copyOf(to, length);
      weight = Arrays.copyOf(weight, length);
    }
    return size++;
  }

  /** The number of edges, before any node is collected. */
  int edgeCount() {
    return size / 2;
  }

  /** All nodes but one, by increasing number of edges, ties by number. */
  int[] byDegree(int except) {
    int[] degree = new int[first.length];
    for (int node = 0; node < first.length; node++) {
      for (int e = first[node]; e >= 0; e = next[e]) {
        degree[node]++;
      }
    }
    return IntStream.range(0, first.length)
        .filter(node -> node != except)
        .mapToLong(node -> (long) degree[node] << Integer.SIZE | node)
        .sorted()
        .mapToInt(key -> (int) key)
        .toArray();
  }

  /** Removes a node and lists its remaining neighbours, merged. Returns their number. */
  int collect(int node) {
    isGone[node] = true;
    int count = 0;
    int last = -1;
    for (int e = first[node]; e >= 0; e = next[e]) {
      last = e;
      if (!isGone[to[e]]) {
        if (merged[to[e]] == 0) {
          if (count == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * count);
          }
          nodes[count++] = to[e];
        }
        merged[to[e]] += weight[e];
      }
    }
    if (last >= 0) {
      next[last] = free;
      free = first[node];
      first[node] = -1;
    }
    sort(count);
    return count;
  }

  /** By weight, rounded to 32 bits, and then by number: one primitive key for each. */
  private void sort(int count) {
    if (weights.length < count) {
      weights = new double[nodes.length];
      sums = new double[nodes.length + 1];
      keys = new long[nodes.length];
    }
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToRawIntBits((float) merged[nodes[i]]);
      keys[i] = (long) bits << Integer.SIZE | nodes[i];
    }
    Arrays.sort(keys, 0, count);
    for (int i = 0; i < count; i++) {
      nodes[i] = (int) keys[i];
      weights[i] = merged[nodes[i]];
      sums[i + 1] = sums[i] + weights[i];
      merged[nodes[i]] = 0;
    }
  }

  /** The bytes of its lists of edges. */
  long bytes() {
    return (long) to.length * (2 * Integer.BYTES + Double.BYTES);
  }

  int node(int i) {
    return nodes[i];
  }

  double weight(int i) {
    return weights[i];
  }

  /** The sum of the first weights of the node collected last. */
  double total(int count) {
    return sums[count];
  }

  /** Draws one of the neighbours behind i, by weight. */
  int draw(int i, int count, SplittableRandom random) {
    double target = sums[i + 1] + random.nextDouble() * (sums[count] - sums[i + 1]);
    int at = Arrays.binarySearch(sums, i + 1, count + 1, target);
    int found = at >= 0 ? at : -at - 2;
    return Math.max(i + 1, Math.min(count - 1, found));
  }
}
