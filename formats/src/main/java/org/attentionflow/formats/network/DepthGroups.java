package org.attentionflow.formats.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.tensor.Matrix;

/**
 * A sparse acyclic graph as groups and blocks: the nodes at one depth, the length of the longest
 * path from the source, are a group, and every pair of groups that arcs join has a dense block.
 * Inside a group the order is that of the node numbers.
 *
 * <p>Only arcs on a path from the source to the sink are kept, so a cycle elsewhere does no harm,
 * nor do arcs from a node to itself. Takes O(arcs log nodes) time and, besides the blocks, O(nodes
 * + arcs) memory.
 */
final class DepthGroups {
  private final String file;
  private final SparseArcs arcs;
  private final int source;
  private final int sink;

  /** The numbers of the nodes that have arcs, rising; below, a node is its position here. */
  private final int[] nodes;

  private final int[] tail;
  private final int[] head;
  private final boolean[] isKept;

  /** By group and place in it, the number of a node in the file; made with the network. */
  private int[][] numbers = {};

  DepthGroups(String file, SparseArcs arcs, int source, int sink) {
    this.file = file;
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
    keepPaths();
  }

  /**
   * The network.
   *
   * @param sum the sum of all capacities of the file, which the return arc gets
   * @throws UnusableInputException if there is a cycle on the way from the source to the sink
   */
  FlowNetwork network(double sum) {
    int[] depth = depths();
    int last = depth[sink];
    if (last <= 0) {
      return withoutPath(sum);
    }
    int[] member = new int[nodes.length];
    int[] size = new int[last + 1];
    for (int node = 0; node < nodes.length; node++) {
      member[node] = depth[node] < 0 ? -1 : size[depth[node]]++;
    }
    numbers = numbers(depth, member, size);
    List<NodeGroup> groups = new ArrayList<>();
    for (int at = 1; at < last; at++) {
      groups.add(new NodeGroup("depth " + at, size[at]));
    }
    groups.add(new NodeGroup("super-sink", 1));
    groups.add(new NodeGroup("super-source", 1));
    List<ArcBlock> blocks = blocks(depth, member, size);
    List<Integer> tokenBlocks = new ArrayList<>();
    for (int block = 0; block < blocks.size(); block++) {
      if (blocks.get(block).head() == last - 1) {
        tokenBlocks.add(block);
      }
    }
    return new FlowNetwork(groups, blocks, last, last - 1, tokenBlocks, largestCapacity(), sum, 1);
  }

  /** The number in the file of a node of the network. */
  int number(int group, int place) {
    return numbers[group][place];
  }

  /** The group of depth d is d − 1; the source, of depth 0, comes last. */
  private int[][] numbers(int[] depth, int[] member, int[] size) {
    int last = size.length - 1;
    int[][] found = new int[size.length][];
    for (int at = 0; at <= last; at++) {
      found[at == 0 ? last : at - 1] = new int[size[at]];
    }
    for (int node = 0; node < nodes.length; node++) {
      if (depth[node] >= 0) {
        found[depth[node] == 0 ? last : depth[node] - 1][member[node]] = nodes[node];
      }
    }
    return found;
  }

  /** One block for each pair of depths that arcs join, in the order of the pairs. */
  private List<ArcBlock> blocks(int[] depth, int[] member, int[] size) {
    Map<Long, Long> cells = new TreeMap<>();
    for (int arc = 0; arc < tail.length; arc++) {
      if (isKept[arc]) {
        int from = depth[tail[arc]];
        int to = depth[head[arc]];
        cells.put(((long) from << 32) | to, (long) size[from] * size[to]);
      }
    }
    double all = cells.values().stream().mapToDouble(Long::doubleValue).sum();
    double largest = cells.values().stream().mapToDouble(Long::doubleValue).max().orElse(0);
    BlockBuilder.checkMemory(file, all, largest, arcs.count());
    Map<Long, BlockBuilder> builders = new TreeMap<>();
    int last = size.length - 1;
    for (long pair : cells.keySet()) {
      int from = (int) (pair >> 32);
      int to = (int) pair;
      // The group of depth d is d − 1; the source, of depth 0, comes last.
      BlockBuilder builder =
          BlockBuilder.of(
              from == 0 ? last : from - 1, to - 1, ArcBlock.Shape.DENSE, size[from], size[to]);
      builders.put(pair, builder);
    }
    for (int arc = 0; arc < tail.length; arc++) {
      if (isKept[arc]) {
        long pair = ((long) depth[tail[arc]] << 32) | depth[head[arc]];
        BlockBuilder builder = builders.get(pair);
        if (builder != null) {
          builder.add(member[tail[arc]], member[head[arc]], arcs.capacity(arc));
        }
      }
    }
    return builders.values().stream().map(BlockBuilder::block).toList();
  }

  /** Of arcs that touch neither source nor sink; if there are none, of all. */
  private double largestCapacity() {
    double inner = 0;
    double all = 0;
    for (int arc = 0; arc < tail.length; arc++) {
      boolean touches =
          tail[arc] == source || tail[arc] == sink || head[arc] == source || head[arc] == sink;
      boolean isLoop = tail[arc] == head[arc];
      inner = touches || isLoop ? inner : Math.max(inner, arcs.capacity(arc));
      all = isKept[arc] ? Math.max(all, arcs.capacity(arc)) : all;
    }
    return inner > 0 ? inner : all;
  }

  private FlowNetwork withoutPath(double sum) {
    List<NodeGroup> groups =
        List.of(new NodeGroup("super-sink", 1), new NodeGroup("super-source", 1));
    numbers = new int[][] {{nodes[sink]}, {nodes[source]}};
    ArcBlock nothing = ArcBlock.dense(1, 0, Matrix.of(1, 1, new double[1]));
    return FlowNetwork.of(groups, List.of(nothing), 1, 0, List.of(0)).withReturnCapacity(sum);
  }

  /** Keeps the arcs whose nodes are both reached from the source and reach the sink. */
  private void keepPaths() {
    BitSet fromSource = reach(source, tail, head);
    BitSet toSink = reach(sink, head, tail);
    fromSource.and(toSink);
    for (int arc = 0; arc < tail.length; arc++) {
      isKept[arc] &= fromSource.get(tail[arc]) && fromSource.get(head[arc]);
    }
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

  /** The depth of every node on a path; −1 of all others. */
  private int[] depths() {
    int[][] leaving = adjacency(tail);
    int[] entering = new int[nodes.length];
    for (int arc = 0; arc < head.length; arc++) {
      entering[head[arc]] += isKept[arc] ? 1 : 0;
    }
    int[] depth = new int[nodes.length];
    Arrays.fill(depth, -1);
    depth[source] = 0;
    int[] queue = new int[nodes.length];
    queue[0] = source;
    for (int next = 0, count = 1; next < count; next++) {
      int node = queue[next];
      for (int i = leaving[0][node]; i < leaving[0][node + 1]; i++) {
        int neighbour = head[leaving[1][i]];
        depth[neighbour] = Math.max(depth[neighbour], depth[node] + 1);
        if (--entering[neighbour] == 0) {
          queue[count++] = neighbour;
        }
      }
    }
    checkAcyclic(entering);
    return depth;
  }

  /** Nodes that still wait for an arc to be counted lie on a cycle or behind one. */
  private void checkAcyclic(int[] entering) {
    int[] before = new int[nodes.length];
    int start = -1;
    for (int arc = 0; arc < tail.length; arc++) {
      // A node behind a cycle, followed backwards, leads to the cycle.
      boolean waits = isKept[arc] && entering[head[arc]] > 0 && entering[tail[arc]] > 0;
      if (waits) {
        before[head[arc]] = tail[arc];
        start = head[arc];
      }
    }
    if (start < 0) {
      return;
    }
    BitSet seen = new BitSet(nodes.length);
    int node = start;
    for (; !seen.get(node); node = before[node]) {
      seen.set(node);
    }
    throw new UnusableInputException(
        file
            + ": the arcs "
            + nodes[before[node]]
            + " -> "
            + nodes[node]
            + " -> … form a cycle; only graphs without cycles between source and sink can be"
            + " solved.");
  }
}
