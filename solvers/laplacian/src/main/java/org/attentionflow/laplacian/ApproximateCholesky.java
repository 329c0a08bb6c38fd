package org.attentionflow.laplacian;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;

/**
 * A sampled Cholesky factor of a sampled Laplacian. Eliminating a node with d neighbours would join
 * them pairwise; instead each neighbour but the last is joined to one later neighbour, drawn by
 * conductance, with a conductance that makes the expectation right. So the graph has one edge less
 * after each elimination, and the factor some entries for each edge.
 *
 * <p>A dense block of arcs is first thinned out: every node keeps {@link #DRAWS} arcs of each block
 * it has, drawn by conductance (those it has from either side count half each), unless the block
 * has no more than that anyway.
 *
 * <p>Seeded: the same conductances give the same factor.
 *
 * <p>Sources: Kyng and Sachdeva, Approximate Gaussian elimination for Laplacians, FOCS 2016; Gao,
 * Kyng and Spielman, Robust and practical solution of Laplacian equations by approximate
 * elimination, arXiv 2303.00709.
 */
final class ApproximateCholesky implements Preconditioner {
  private static final long SEED = 2016;
  private static final int DRAWS = 24;

  /**
   * An upper estimate of the bytes for each edge of the sampled graph: 48 for its places in lists
   * with room to grow, as many for edges that are listed though one end is gone, and 108 for three
   * entries of the factor with room to grow. Of 26 networks of 2 to 48 layers and 16 to 2048 tokens
   * none had more than 1.33 and 2.99 times as many.
   */
  private static final long BYTES_PER_EDGE = 2 * 48 + 108;

  private static final long BYTES_PER_NODE = 64;

  private final NodeIndex index;
  private final int nodeCount;
  private int sinkNode;
  private int sink;

  /** Per elimination: the node, where its entries start, and its pivot. */
  private int[] eliminated = new int[0];

  private int[] start = new int[0];
  private double[] pivot = new double[0];
  private int[] neighbour = new int[0];
  private double[] fraction = new double[0];
  private int entries;
  private double[] work = new double[0];
  private long graphBytes;

  ApproximateCholesky(NodeIndex index) {
    this.index = index;
    nodeCount = index.nodeCount();
  }

  /** An upper estimate of the memory it takes beside the conductances, in bytes. */
  static long bytes(FlowNetwork network) {
    long edges = 1;
    for (ArcBlock block : network.blocks()) {
      if (block.shape() == ArcBlock.Shape.LISTED) {
        edges += block.ends().count();
        continue;
      }
      long rows = network.groups().get(block.tail()).size();
      long columns = network.groups().get(block.head()).size();
      boolean isSmall = Math.min(rows, columns) <= 2 * DRAWS;
      edges += isSmall ? rows * columns : (DRAWS + 1) * (rows + columns);
    }
    return edges * BYTES_PER_EDGE + network.nodeCount() * BYTES_PER_NODE;
  }

  /** The bytes that its lists of edges and entries took when it was prepared last. */
  long heldBytes() {
    return graphBytes + (long) neighbour.length * (Integer.BYTES + Double.BYTES);
  }

  @Override
  public boolean prepare(ConductanceRows laplacian) {
    sink = laplacian.sink();
    sinkNode = index.first(sink);
    SplittableRandom random = new SplittableRandom(SEED);
    SampledGraph graph = new SampledGraph(nodeCount);
    graph.addAll(laplacian, index, DRAWS, random);
    eliminate(graph, random);
    graphBytes = graph.bytes();
    work = new double[nodeCount];
    return true;
  }

  /** Eliminates the nodes in the order of their degrees at the start; the super-sink remains. */
  private void eliminate(SampledGraph graph, SplittableRandom random) {
    int[] order = graph.byDegree(sinkNode);
    eliminated = order;
    start = new int[order.length + 1];
    pivot = new double[order.length];
    if (neighbour.length < 2 * graph.edgeCount()) {
      neighbour = new int[2 * graph.edgeCount()];
      fraction = new double[neighbour.length];
    }
    entries = 0;
    for (int k = 0; k < order.length; k++) {
      start[k] = entries;
      int count = graph.collect(order[k]);
      double left = graph.total(count);
      double scale = 1;
      for (int i = 0; i < count - 1; i++) {
        double weight = graph.weight(i) * scale;
        double part = Math.min(1, weight / left);
        int other = graph.draw(i, count, random);
        graph.join(graph.node(i), graph.node(other), part * (1 - part) * left);
        append(graph.node(i), part);
        scale *= 1 - part;
        left *= (1 - part) * (1 - part);
      }
      if (count > 0) {
        append(graph.node(count - 1), 1);
        pivot[k] = graph.weight(count - 1) * scale;
      }
    }
    start[order.length] = entries;
  }

  private void append(int node, double part) {
    if (entries == neighbour.length) {
      int length = entries + entries / 2 + 16;
      neighbour = Arrays.copyOf(neighbour, length);
      fraction = Arrays.copyOf(fraction, length);
    }
    neighbour[entries] = node;
    fraction[entries++] = part;
  }

  @Override
  public void apply(double[][] r, double[][] z) {
    for (int group = 0; group < r.length; group++) {
      System.arraycopy(r[group], 0, work, index.first(group), r[group].length);
    }
    work[sinkNode] = 0;
    for (int k = 0; k < eliminated.length; k++) {
      forward(k);
    }
    work[sinkNode] = 0;
    for (int k = eliminated.length - 1; k >= 0; k--) {
      backward(k);
    }
    for (int group = 0; group < r.length; group++) {
      System.arraycopy(work, index.first(group), z[group], 0, z[group].length);
    }
    Arrays.fill(z[sink], 0);
  }

  private void forward(int k) {
    double x = work[eliminated[k]];
    for (int e = start[k]; e < start[k + 1]; e++) {
      work[neighbour[e]] += fraction[e] * x;
      x *= e < start[k + 1] - 1 ? 1 - fraction[e] : 1;
    }
    work[eliminated[k]] = pivot[k] > 0 ? x / pivot[k] : 0;
  }

  private void backward(int k) {
    double x = work[eliminated[k]];
    for (int e = start[k + 1] - 1; e >= start[k]; e--) {
      boolean isLast = e == start[k + 1] - 1;
      x =
          isLast
              ? x + work[neighbour[e]]
              : (1 - fraction[e]) * x + fraction[e] * work[neighbour[e]];
    }
    work[eliminated[k]] = x;
  }
}
