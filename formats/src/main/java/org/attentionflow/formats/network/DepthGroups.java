package org.attentionflow.formats.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;

/**
 * An acyclic graph as groups and dense blocks: the nodes at one depth, the length of the longest
 * path from the source, are a group, and every pair of groups that arcs join has a block. Inside a
 * group the order is that of the node numbers.
 */
final class DepthGroups {
  /** A place of a dense block costs about an eighth of what an arc of a list does. */
  private static final int MOST_PLACES_PER_ARC = 8;

  /**
   * Groups as deep as any model has layers, and more; what is done by pairs of them stays small.
   */
  private static final int MOST_GROUPS = 1024;

  private final SparseGraph graph;
  private final int[] depth;
  private final int last;

  /** Per node its place in its group; −1 if it has none. */
  private final int[] member;

  /** By depth. */
  private final int[] size;

  private DepthGroups(SparseGraph graph, int[] depth) {
    this.graph = graph;
    this.depth = depth;
    last = depth[graph.sink()];
    member = new int[depth.length];
    size = new int[last + 1];
    for (int node = 0; node < depth.length; node++) {
      member[node] = depth[node] < 0 ? -1 : size[depth[node]]++;
    }
  }

  /**
   * Whether a graph has depths, not too many, and blocks between them that are not too empty.
   *
   * @param depth by node; empty if the graph has a cycle
   */
  static boolean areFit(SparseGraph graph, int[] depth) {
    if (depth.length == 0 || depth[graph.sink()] >= MOST_GROUPS) {
      return false;
    }
    DepthGroups groups = new DepthGroups(graph, depth);
    double places = groups.places().values().stream().mapToDouble(Long::doubleValue).sum();
    long arcs = 0;
    for (int arc = 0; arc < graph.arcCount(); arc++) {
      arcs += graph.isKept(arc) ? 1 : 0;
    }
    return places <= (double) MOST_PLACES_PER_ARC * arcs && places < Integer.MAX_VALUE;
  }

  /** The network. */
  static GroupedGraph of(SparseGraph graph, int[] depth, double sum) {
    return new DepthGroups(graph, depth).grouped(sum);
  }

  private GroupedGraph grouped(double sum) {
    List<NodeGroup> groups = new ArrayList<>();
    for (int at = 1; at < last; at++) {
      groups.add(new NodeGroup("depth " + at, size[at]));
    }
    groups.add(new NodeGroup("super-sink", 1));
    groups.add(new NodeGroup("super-source", 1));
    List<ArcBlock> blocks = blocks();
    List<Integer> tokenBlocks = new ArrayList<>();
    for (int block = 0; block < blocks.size(); block++) {
      if (blocks.get(block).head() == last - 1) {
        tokenBlocks.add(block);
      }
    }
    FlowNetwork network =
        new FlowNetwork(
            groups, blocks, last, last - 1, tokenBlocks, graph.largestCapacity(), sum, 1);
    return new GroupedGraph(network, numbers());
  }

  private int[][] numbers() {
    int[][] numbers = new int[last + 1][];
    for (int at = 0; at <= last; at++) {
      numbers[group(at)] = new int[size[at]];
    }
    for (int node = 0; node < depth.length; node++) {
      if (depth[node] >= 0) {
        numbers[group(depth[node])][member[node]] = graph.number(node);
      }
    }
    return numbers;
  }

  /** The group of depth d is d − 1; the source, of depth 0, comes last. */
  private int group(int at) {
    return at == 0 ? last : at - 1;
  }

  /** By pair of depths that arcs join, the places of a dense block between them. */
  private Map<Long, Long> places() {
    Map<Long, Long> places = new TreeMap<>();
    for (int arc = 0; arc < graph.arcCount(); arc++) {
      if (graph.isKept(arc)) {
        long tails = size[depth[graph.tail(arc)]];
        places.put(pair(arc), tails * size[depth[graph.head(arc)]]);
      }
    }
    return places;
  }

  private long pair(int arc) {
    return ((long) depth[graph.tail(arc)] << Integer.SIZE) | depth[graph.head(arc)];
  }

  /** One block for each pair of depths that arcs join, in the order of the pairs. */
  private List<ArcBlock> blocks() {
    Map<Long, BlockBuilder> builders = new TreeMap<>();
    for (int arc = 0; arc < graph.arcCount(); arc++) {
      if (graph.isKept(arc)) {
        int from = depth[graph.tail(arc)];
        int to = depth[graph.head(arc)];
        builders
            .computeIfAbsent(
                pair(arc), pair -> BlockBuilder.dense(group(from), group(to), size[from], size[to]))
            .add(member[graph.tail(arc)], member[graph.head(arc)], graph.capacity(arc));
      }
    }
    return builders.values().stream().map(BlockBuilder::block).toList();
  }
}
