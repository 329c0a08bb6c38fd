package org.attentionflow.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.tensor.Matrix;

/** Random networks of node groups that are no plain layer stack. */
final class RandomGraphs {
  private final Random random;
  private final List<NodeGroup> groups = new ArrayList<>();
  private final List<ArcBlock> blocks = new ArrayList<>();

  RandomGraphs(Random random) {
    this.random = random;
  }

  /**
   * Groups of different sizes; each is joined to the next, and now and then to a later one, by a
   * dense block or, between equal sizes, a diagonal block, or both.
   */
  FlowNetwork groups(int groupCount, int largestSize) {
    int size = 1 + random.nextInt(largestSize);
    for (int group = 0; group < groupCount; group++) {
      groups.add(new NodeGroup("group " + group, size));
      size = random.nextBoolean() ? size : 1 + random.nextInt(largestSize);
    }
    for (int tail = groupCount - 1; tail > 0; tail--) {
      join(tail, tail - 1, 0.8);
      if (tail > 1 && random.nextInt(3) == 0) {
        join(tail, random.nextInt(tail - 1), 0.5);
      }
    }
    return withTerminals(List.of(groupCount - 1), List.of(0));
  }

  /**
   * Groups of one size; each is joined to the next by a dense and a diagonal block, and to the one
   * behind that by a sparse block.
   */
  FlowNetwork parallel(int groupCount, int size) {
    for (int group = 0; group < groupCount; group++) {
      groups.add(new NodeGroup("group " + group, size));
    }
    for (int tail = groupCount - 1; tail > 0; tail--) {
      blocks.add(dense(tail, tail - 1, 0.8));
      blocks.add(ArcBlock.diagonal(tail, tail - 1, values(size, 1)));
      if (tail > 1) {
        blocks.add(dense(tail, tail - 2, 0.3));
      }
    }
    return withTerminals(List.of(groupCount - 1), List.of(0));
  }

  /**
   * Groups of different sizes; from each to any other, but from later to earlier ones only if the
   * graph may have cycles, leads a list of few arcs, now and then none.
   *
   * @param decades how far capacities spread
   */
  FlowNetwork listed(int groupCount, int largestSize, boolean hasCycles, double decades) {
    for (int group = 0; group < groupCount; group++) {
      groups.add(new NodeGroup("group " + group, 1 + random.nextInt(largestSize)));
    }
    double share = 0.1 + 0.3 * random.nextDouble();
    for (int tail = groupCount - 1; tail >= 0; tail--) {
      for (int head = groupCount - 1; head >= 0; head--) {
        boolean isJoined = tail > head || (hasCycles && tail != head);
        if (isJoined && random.nextInt(6) > 0) {
          int tails = groups.get(tail).size();
          int heads = groups.get(head).size();
          double[] capacity = values(tails * heads, share);
          for (int i = 0; i < capacity.length; i++) {
            capacity[i] *= StrictMath.pow(10, -decades * random.nextDouble());
          }
          blocks.add(Listed.of(tail, head, tails, heads, capacity));
        }
      }
    }
    return withTerminals(List.of(groupCount - 1), List.of(0));
  }

  /**
   * The shape of an encoder–decoder: an encoder chain; per decoder layer a group behind
   * self-attention and one behind cross-attention, the latter joined to the encoder's top; residual
   * diagonals in the decoder; input tokens and decoder prefix both receive scores. One position of
   * the decoder's top is the source.
   */
  FlowNetwork encoderDecoder(int layerCount, int inputTokens, int prefixTokens) {
    for (int layer = 0; layer <= layerCount; layer++) {
      groups.add(new NodeGroup("encoder " + layer, inputTokens));
    }
    int prefix = groups.size();
    groups.add(new NodeGroup("prefix", prefixTokens));
    for (int layer = 1; layer <= layerCount; layer++) {
      groups.add(new NodeGroup("decoder " + layer + " self", prefixTokens));
      groups.add(new NodeGroup("decoder " + layer + " cross", prefixTokens));
    }
    for (int layer = layerCount; layer > 0; layer--) {
      int cross = prefix + 2 * layer;
      blocks.add(ArcBlock.diagonal(cross, cross - 1, values(prefixTokens, 1)));
      blocks.add(dense(cross, layerCount, 1));
      blocks.add(causal(cross - 1, cross - 2));
      blocks.add(ArcBlock.diagonal(cross - 1, cross - 2, values(prefixTokens, 1)));
    }
    for (int layer = layerCount; layer > 0; layer--) {
      blocks.add(dense(layer, layer - 1, 0.9));
    }
    return withTerminals(List.of(groups.size() - 1), List.of(0, prefix));
  }

  private void join(int tail, int head, double share) {
    boolean equal = groups.get(tail).size() == groups.get(head).size();
    int choice = equal ? random.nextInt(3) : 0;
    if (choice != 1) {
      blocks.add(dense(tail, head, share));
    }
    if (choice != 0) {
      blocks.add(ArcBlock.diagonal(tail, head, values(groups.get(tail).size(), share)));
    }
  }

  private ArcBlock dense(int tail, int head, double share) {
    int tails = groups.get(tail).size();
    int heads = groups.get(head).size();
    return ArcBlock.dense(tail, head, Matrix.of(tails, heads, values(tails * heads, share)));
  }

  private ArcBlock causal(int tail, int head) {
    int size = groups.get(tail).size();
    double[] values = values(size * size, 1);
    for (int i = 0; i < values.length; i++) {
      values[i] = i % size <= i / size ? values[i] : 0;
    }
    return ArcBlock.dense(tail, head, Matrix.of(size, size, values));
  }

  private double[] values(int count, double share) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextDouble() < share ? 1 - random.nextDouble() : 0;
    }
    return values;
  }

  /** One random node of a group of sources, or all of them, is fed; every token is drained. */
  private FlowNetwork withTerminals(List<Integer> sources, List<Integer> tokens) {
    double open = Networks.openTerminal(blocks);
    int sink = groups.size();
    int source = sink + 1;
    groups.add(new NodeGroup("super-sink", 1));
    groups.add(new NodeGroup("super-source", 1));
    for (int group : sources) {
      int size = groups.get(group).size();
      double[] capacity = new double[size];
      int only = random.nextBoolean() ? random.nextInt(size) : -1;
      for (int i = 0; i < size; i++) {
        capacity[i] = only < 0 || only == i ? open : 0;
      }
      blocks.add(ArcBlock.dense(source, group, Matrix.of(1, size, capacity)));
    }
    List<Integer> tokenBlocks = new ArrayList<>();
    for (int group : tokens) {
      tokenBlocks.add(blocks.size());
      blocks.add(ArcBlock.uniform(group, sink, groups.get(group).size(), 1, open));
    }
    return FlowNetwork.of(groups, blocks, source, sink, tokenBlocks);
  }
}
