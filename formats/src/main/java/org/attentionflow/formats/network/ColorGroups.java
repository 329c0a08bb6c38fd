package org.attentionflow.formats.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;

/**
 * Any directed graph as groups and lists of arcs: no arc may join two nodes of a group, so the
 * groups are the colours of a colouring. Greedy: the nodes with most arcs come first, and each gets
 * the first colour that none of its neighbours has. Nodes next to the source or the sink have
 * colours of their own, so that all arcs at those are dense blocks of one row or column.
 *
 * <p>Source: Welsh and Powell, An upper bound for the chromatic number of a graph, The Computer
 * Journal 10 (1967).
 */
final class ColorGroups {
  /** What is done by pairs of groups stays small. */
  private static final int MOST_GROUPS = 512;

  /** Where a node lies beside the terminals: the groups of one place come one after the other. */
  private static final String[] PLACES = {"behind source", "between both", "inside", "before sink"};

  private final SparseGraph graph;

  /** Per node its group and its position in it; −1 if it has none. */
  private final int[] group;

  private final int[] member;
  private final List<NodeGroup> groups = new ArrayList<>();
  private final int sink;
  private final int source;

  private ColorGroups(String file, SparseGraph graph) {
    this.graph = graph;
    int[] kind = kinds();
    int[] groupOf = addGroups(kind);
    if (groups.size() > MOST_GROUPS) {
      throw new UnusableInputException(
          file
              + ": so many arcs join its nodes that they fall into "
              + groups.size()
              + " groups without arcs inside; at most "
              + MOST_GROUPS
              + " can be solved.");
    }
    sink = groups.size();
    source = sink + 1;
    groups.add(new NodeGroup("super-sink", 1));
    groups.add(new NodeGroup("super-source", 1));
    group = new int[kind.length];
    member = new int[kind.length];
    int[] next = new int[groups.size()];
    for (int node = 0; node < kind.length; node++) {
      group[node] = kind[node] < 0 ? -1 : groupOf[kind[node]];
      member[node] = kind[node] < 0 ? 0 : next[group[node]]++;
    }
    group[graph.sink()] = sink;
    group[graph.source()] = source;
  }

  /** Per node colour · places + place, what those of a group share; −1 for those in none. */
  private int[] kinds() {
    int[] place = places();
    int[] kind = colors();
    for (int node = 0; node < kind.length; node++) {
      kind[node] = isInner(node) ? kind[node] * PLACES.length + place[node] : -1;
    }
    return kind;
  }

  /** Makes a group of the nodes of each kind, place after place; returns the groups by kind. */
  private int[] addGroups(int[] kinds) {
    int[] size = new int[1 + Arrays.stream(kinds).max().orElse(-1)];
    for (int kind : kinds) {
      if (kind >= 0) {
        size[kind]++;
      }
    }
    int[] groupOf = new int[size.length];
    for (int place = 0; place < PLACES.length; place++) {
      for (int kind = place; kind < size.length; kind += PLACES.length) {
        groupOf[kind] = groups.size();
        if (size[kind] > 0) {
          groups.add(new NodeGroup(PLACES[place] + " " + kind / PLACES.length, size[kind]));
        }
      }
    }
    return groupOf;
  }

  /** The network. */
  static GroupedGraph of(String file, SparseGraph graph, double sum) {
    return new ColorGroups(file, graph).grouped(sum);
  }

  private boolean isInner(int node) {
    return graph.isOnTheWay(node) && node != graph.source() && node != graph.sink();
  }

  private int[] places() {
    boolean[] follows = new boolean[graph.nodeCount()];
    boolean[] precedes = new boolean[follows.length];
    for (int arc = 0; arc < graph.arcCount(); arc++) {
      if (graph.isKept(arc)) {
        follows[graph.head(arc)] |= graph.tail(arc) == graph.source();
        precedes[graph.tail(arc)] |= graph.head(arc) == graph.sink();
      }
    }
    int[] places = new int[follows.length];
    for (int node = 0; node < places.length; node++) {
      int beside = precedes[node] ? 1 : 0;
      places[node] = follows[node] ? beside : 2 + beside;
    }
    return places;
  }

  /** Per node the first colour that no neighbour had before it; nodes of most arcs come first. */
  private int[] colors() {
    int[] first = new int[graph.nodeCount() + 1];
    for (int arc = 0; arc < graph.arcCount(); arc++) {
      if (graph.isKept(arc)) {
        first[graph.tail(arc) + 1]++;
        first[graph.head(arc) + 1]++;
      }
    }
    long[] byDegree =
        IntStream.range(0, graph.nodeCount())
            .filter(this::isInner)
            .mapToLong(node -> ((long) -first[node + 1] << Integer.SIZE) + node)
            .sorted()
            .toArray();
    Arrays.parallelPrefix(first, Integer::sum);
    int[] neighbour = new int[first[graph.nodeCount()]];
    int[] next = first.clone();
    for (int arc = 0; arc < graph.arcCount(); arc++) {
      if (graph.isKept(arc)) {
        neighbour[next[graph.tail(arc)]++] = graph.head(arc);
        neighbour[next[graph.head(arc)]++] = graph.tail(arc);
      }
    }
    int[] color = new int[graph.nodeCount()];
    Arrays.fill(color, -1);
    BitSet taken = new BitSet();
    for (long key : byDegree) {
      int node = (int) key;
      taken.clear();
      for (int i = first[node]; i < first[node + 1]; i++) {
        if (color[neighbour[i]] >= 0) {
          taken.set(color[neighbour[i]]);
        }
      }
      color[node] = taken.nextClearBit(0);
    }
    return color;
  }

  private GroupedGraph grouped(double sum) {
    List<ArcBlock> blocks = new ArrayList<>();
    List<Integer> tokenBlocks = new ArrayList<>();
    TreeMap<Long, ArcCollector> arcs = arcs();
    while (!arcs.isEmpty()) {
      // Taken out, so that arcs are not there twice.
      ArcBlock block = arcs.pollFirstEntry().getValue().block();
      if (block.head() == sink) {
        tokenBlocks.add(blocks.size());
      }
      blocks.add(block);
    }
    FlowNetwork network =
        new FlowNetwork(groups, blocks, source, sink, tokenBlocks, graph.largestCapacity(), sum, 1);
    return new GroupedGraph(network, numbers());
  }

  /** By pair of groups the arcs from one to the other: lists, but dense at the terminals. */
  private TreeMap<Long, ArcCollector> arcs() {
    TreeMap<Long, ArcCollector> arcs = new TreeMap<>();
    for (int arc = 0; arc < graph.arcCount(); arc++) {
      if (graph.isKept(arc)) {
        int tail = graph.tail(arc);
        int head = graph.head(arc);
        arcs.computeIfAbsent(
                ((long) group[tail] << Integer.SIZE) | group[head],
                pair -> collector(group[tail], group[head]))
            .add(member[tail], member[head], graph.capacity(arc));
      }
    }
    return arcs;
  }

  private ArcCollector collector(int from, int to) {
    int tails = groups.get(from).size();
    int heads = groups.get(to).size();
    return from == source || to == sink
        ? BlockBuilder.dense(from, to, tails, heads)
        : new ListBuilder(from, to, tails, heads);
  }

  private int[][] numbers() {
    int[][] numbers = new int[groups.size()][];
    Arrays.setAll(numbers, each -> new int[groups.get(each).size()]);
    for (int node = 0; node < group.length; node++) {
      if (group[node] >= 0) {
        numbers[group[node]][member[node]] = graph.number(node);
      }
    }
    return numbers;
  }
}
