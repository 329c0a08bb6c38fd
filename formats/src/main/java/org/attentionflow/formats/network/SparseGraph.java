package org.attentionflow.formats.network;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The part of a sparse graph that can carry flow: nodes and arcs on the way from the source to the
 * sink. Arcs from a node to itself, into the source and out of the sink are left out. Takes O(arcs
 * log nodes) time and O(nodes + arcs) memory.
 */
final class SparseGraph {
  /** The numbers of the nodes that have arcs, rising; below, a node is its position here. */
  private final int[] nodes;

  private final SparseArcs arcs;
  private final int[] tail;
  private final int[] head;
  private final boolean[] isKept;
  private final int source;
  private final int sink;
  private final BitSet onTheWay;

  SparseGraph(SparseArcs arcs, int source, int sink) {
    this.arcs = arcs;
    int[] ends = new int[Math.addExact(Math.multiplyExact(2, arcs.count()), 2)];
    for (int arc = 0; arc < arcs.count(); arc++) {
      ends[2 * arc] = arcs.tail(arc);
      ends[2 * arc + 1] = arcs.head(arc);
    }
    ends[ends.length - 2] = source;
    ends[ends.length - 1] = sink;
    nodes = Arrays.stream(ends).sorted().distinct().toArray();
    this.source = Arrays.binarySearch(nodes, source);
    this.sink = Arrays.binarySearch(nodes, sink);
    tail = new int[arcs.count()];
    head = new int[arcs.count()];
    isKept = new boolean[arcs.count()];
    for (int arc = 0; arc < arcs.count(); arc++) {
      tail[arc] = Arrays.binarySearch(nodes, arcs.tail(arc));
      head[arc] = Arrays.binarySearch(nodes, arcs.head(arc));
      boolean isLoop = tail[arc] == head[arc];
      isKept[arc] = !isLoop && head[arc] != this.source && tail[arc] != this.sink;
    }
    onTheWay = reach(this.source, tail, head);
    onTheWay.and(reach(this.sink, head, tail));
    for (int arc = 0; arc < tail.length; arc++) {
      isKept[arc] &= onTheWay.get(tail[arc]) && onTheWay.get(head[arc]);
    }
  }

  /** The number of nodes, those that carry nothing included. */
  int nodeCount() {
    return nodes.length;
  }

  /** The number in the file of a node. */
  int number(int node) {
    return nodes[node];
  }

  int source() {
    return source;
  }

  int sink() {
    return sink;
  }

  /** Whether a node lies on the way. */
  boolean isOnTheWay(int node) {
    return onTheWay.get(node);
  }

  /** The number of arcs, those that carry nothing included. */
  int arcCount() {
    return tail.length;
  }

  /** Whether an arc lies on the way. */
  boolean isKept(int arc) {
    return isKept[arc];
  }

  int tail(int arc) {
    return tail[arc];
  }

  int head(int arc) {
    return head[arc];
  }

  double capacity(int arc) {
    return arcs.capacity(arc);
  }

  /** Whether an arc starts or ends at the source or the sink. */
  boolean isTerminal(int arc) {
    return tail[arc] == source || tail[arc] == sink || head[arc] == source || head[arc] == sink;
  }

  /** Of arcs that touch neither source nor sink; if there are none, of all. */
  double largestCapacity() {
    double inner = 0;
    double all = 0;
    for (int arc = 0; arc < tail.length; arc++) {
      boolean isLoop = tail[arc] == head[arc];
      inner = isTerminal(arc) || isLoop ? inner : Math.max(inner, capacity(arc));
      all = isKept[arc] ? Math.max(all, capacity(arc)) : all;
    }
    return inner > 0 ? inner : all;
  }

  /**
   * The depth of each node, the length of the longest path from the source; −1 of nodes that carry
   * nothing. Empty if the graph has a cycle.
   */
  int[] depths() {
    int[] entering = new int[nodes.length];
    for (int arc = 0; arc < tail.length; arc++) {
      entering[head[arc]] += isKept[arc] ? 1 : 0;
    }
    int[][] leaving = adjacency(tail);
    int[] depth = new int[nodes.length];
    Arrays.fill(depth, -1);
    depth[source] = 0;
    int[] queue = new int[nodes.length];
    queue[0] = source;
    int count = 1;
    for (int next = 0; next < count; next++) {
      int node = queue[next];
      for (int i = leaving[0][node]; i < leaving[0][node + 1]; i++) {
        int neighbour = head[leaving[1][i]];
        depth[neighbour] = Math.max(depth[neighbour], depth[node] + 1);
        if (--entering[neighbour] == 0) {
          queue[count++] = neighbour;
        }
      }
    }
    // Nodes on a cycle or behind one still wait for an arc to be counted.
    return count < onTheWay.cardinality() ? new int[0] : depth;
  }

  private BitSet reach(int start, int[] from, int[] to) {
    int[][] leaving = adjacency(from);
    BitSet reached = new BitSet(nodes.length);
    int[] queue = new int[nodes.length];
    queue[0] = start;
    reached.set(start);
    for (int next = 0, count = 1; next < count; next++) {
      int node = queue[next];
      for (int i = leaving[0][node]; i < leaving[0][node + 1]; i++) {
        int neighbour = to[leaving[1][i]];
        if (!reached.get(neighbour)) {
          reached.set(neighbour);
          queue[count++] = neighbour;
        }
      }
    }
    return reached;
  }

  /** The kept arcs by one of their ends: first positions per node, and the arcs in that order. */
  private int[][] adjacency(int[] end) {
    int[] first = new int[nodes.length + 1];
    for (int arc = 0; arc < end.length; arc++) {
      first[end[arc] + 1] += isKept[arc] ? 1 : 0;
    }
    Arrays.parallelPrefix(first, Integer::sum);
    int[] next = first.clone();
    int[] order = new int[first[nodes.length]];
    for (int arc = 0; arc < end.length; arc++) {
      if (isKept[arc]) {
        order[next[end[arc]]++] = arc;
      }
    }
    return new int[][] {first, order};
  }
}
