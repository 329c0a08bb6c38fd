package org.attentionflow.formats.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;

/**
 * An acyclic graph as groups and blocks: the nodes at one depth, the length of the longest path
 * from the source, are a group, and every pair of groups that arcs join has a block, dense or
 * listed. Inside a group the order is that of the node numbers.
 */
final class DepthGroups {
  /** A place of a dense block costs about an eighth of what an arc of a list does. */
  private static final int MOST_PLACES_PER_ARC = 8;

  /** What is done by groups and by pairs of them stays small beside what is done by arcs. */
  private static final int MOST_GROUPS = 512;

  private static final int LEAST_ARCS_PER_BLOCK = 16;

  private final SparseGraph graph;
  private final int[] depth;
  private final int last;

  /** Per node its place in its group; −1 if it has none. */
  private final int[] member;

  /** By depth. */
  private final int[] size;

  /** By pair of depths that arcs join, how many do. */
  private final Map<Long, Long> arcCounts = new TreeMap<>();

  private DepthGroups(SparseGraph graph, int[] depth) {
    this.graph = graph;
    this.depth = depth;
    last = depth[graph.sink()];
    member = new int[depth.length];
    size = new int[last + 1];
    for (int node = 0; node < depth.length; node++) {
      member[node] = depth[node] < 0 ? -1 : size[depth[node]]++;
    }
    for (int arc = 0; arc < graph.arcCount(); arc++) {
      if (graph.isKept(arc)) {
        arcCounts.merge(pair(arc), 1L, Long::sum);
      }
    }
  }

  /**
   * Whether a graph has depths, not too many, and not too many blocks between them.
   *
   * @param depth by node; empty if the graph has a cycle
   */
  static boolean areFit(SparseGraph graph, int[] depth) {
    return depth.length > 0
        && depth[graph.sink()] < MOST_GROUPS
        && new DepthGroups(graph, depth).hasFewBlocks();
  }

  /** Few beside the arcs, or few anyway. */
  private boolean hasFewBlocks() {
    long arcs = arcCounts.values().stream().mapToLong(Long::longValue).sum();
    return arcCounts.size() <= Math.max(MOST_GROUPS, arcs / LEAST_ARCS_PER_BLOCK);
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

  private long pair(int arc) {
    return ((long) depth[graph.tail(arc)] << Integer.SIZE) | depth[graph.head(arc)];
  }

  /** One block for each pair of depths that arcs join, in the order of the pairs. */
  private List<ArcBlock> blocks() {
    TreeMap<Long, ArcCollector> arcs = new TreeMap<>();
    for (int arc = 0; arc < graph.arcCount(); arc++) {
      if (graph.isKept(arc)) {
        int from = depth[graph.tail(arc)];
        int to = depth[graph.head(arc)];
        arcs.computeIfAbsent(pair(arc), pair -> collector(from, to, pair))
            .add(member[graph.tail(arc)], member[graph.head(arc)], graph.capacity(arc));
      }
    }
    List<ArcBlock> blocks = new ArrayList<>();
    while (!arcs.isEmpty()) {
      // Taken out, so that arcs are not there twice.
      blocks.add(arcs.pollFirstEntry().getValue().block());
    }
    return blocks;
  }

  private ArcCollector collector(int from, int to, long pair) {
    long places = (long) size[from] * size[to];
    long arcs = arcCounts.getOrDefault(pair, 0L);
    boolean isTerminal = from == 0 || to == last;
    return isTerminal || places <= MOST_PLACES_PER_ARC * arcs
        ? BlockBuilder.dense(group(from), group(to), size[from], size[to])
        : new ListBuilder(group(from), group(to), size[from], size[to]);
  }
}
