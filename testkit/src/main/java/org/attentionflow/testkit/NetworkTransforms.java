package org.attentionflow.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.tensor.Matrix;

/** Changes of a network under which its regularised flow must change in a known way. */
public final class NetworkTransforms {
  private NetworkTransforms() {}

  /** Every capacity times a factor, the return capacity too: the flow is multiplied by it. */
  public static FlowNetwork scaled(FlowNetwork network, double factor) {
    List<ArcBlock> blocks = new ArrayList<>();
    for (ArcBlock block : network.blocks()) {
      double[] capacity = block.capacity().values().clone();
      for (int i = 0; i < capacity.length; i++) {
        capacity[i] *= factor;
      }
      blocks.add(withCapacity(block, capacity));
    }
    return new FlowNetwork(
        network.groups(),
        blocks,
        network.source(),
        network.sink(),
        network.tokenBlocks(),
        network.largestCapacity() * factor,
        network.returnCapacity() * factor,
        network.scale());
  }

  /** Every arc turned round, source and sink exchanged: the flow is turned round. */
  public static FlowNetwork reversed(FlowNetwork network) {
    List<ArcBlock> blocks = new ArrayList<>();
    for (ArcBlock block : network.blocks()) {
      int tail = block.tail();
      int head = block.head();
      blocks.add(
          switch (block.shape()) {
            case DENSE -> ArcBlock.dense(head, tail, block.capacity().transposed());
            case DIAGONAL -> ArcBlock.diagonal(head, tail, block.capacity());
            case LISTED -> reversed(network, block);
          });
    }
    return new FlowNetwork(
        network.groups(),
        blocks,
        network.sink(),
        network.source(),
        network.tokenBlocks(),
        network.largestCapacity(),
        network.returnCapacity(),
        network.scale());
  }

  private static ArcBlock reversed(FlowNetwork network, ArcBlock block) {
    int tails = network.groups().get(block.tail()).size();
    int heads = network.groups().get(block.head()).size();
    double[] matrix = Listed.matrix(block, block.capacity().values(), tails, heads);
    double[] transposed = Matrix.of(tails, heads, matrix).transposed().values();
    return Listed.of(block.head(), block.tail(), heads, tails, transposed);
  }

  /**
   * The nodes of every group in another order: the flow is reordered alike.
   *
   * @param order per group, for each new position the old one
   */
  public static FlowNetwork relabelled(FlowNetwork network, int[][] order) {
    List<ArcBlock> blocks = new ArrayList<>();
    for (ArcBlock block : network.blocks()) {
      blocks.add(relabelled(block, order[block.tail()], order[block.head()]));
    }
    return new FlowNetwork(
        network.groups(),
        blocks,
        network.source(),
        network.sink(),
        network.tokenBlocks(),
        network.largestCapacity(),
        network.returnCapacity(),
        network.scale());
  }

  /** A random order of the nodes of every group. */
  public static int[][] randomOrder(FlowNetwork network, long seed) {
    Random random = new Random(seed);
    return network.groups().stream()
        .map(
            group -> {
              int[] order = IntStream.range(0, group.size()).toArray();
              for (int i = order.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int swapped = order[i];
                order[i] = order[other];
                order[other] = swapped;
              }
              return order;
            })
        .toArray(int[][]::new);
  }

  /** Scores in the order of the tokens of a relabelled network. */
  public static double[] relabelledScores(FlowNetwork network, double[] scores, int[][] order) {
    double[] result = new double[scores.length];
    int first = 0;
    for (int index : network.tokenBlocks()) {
      ArcBlock block = network.blocks().get(index);
      int[] tokens = order[block.tail() == network.source() ? block.head() : block.tail()];
      for (int i = 0; i < tokens.length; i++) {
        result[first + i] = scores[first + tokens[i]];
      }
      first += tokens.length;
    }
    return result;
  }

  /** A diagonal block stays one only if both of its groups are reordered alike. */
  private static ArcBlock relabelled(ArcBlock block, int[] tails, int[] heads) {
    double[] before = Listed.matrix(block, block.capacity().values(), tails.length, heads.length);
    double[] values = new double[before.length];
    for (int i = 0; i < tails.length; i++) {
      for (int j = 0; j < heads.length; j++) {
        values[i * heads.length + j] = before[tails[i] * heads.length + heads[j]];
      }
    }
    if (block.shape() == ArcBlock.Shape.LISTED) {
      return Listed.of(block.tail(), block.head(), tails.length, heads.length, values);
    }
    return ArcBlock.dense(
        block.tail(), block.head(), Matrix.of(tails.length, heads.length, values));
  }

  private static ArcBlock withCapacity(ArcBlock block, double[] values) {
    Matrix old = block.capacity();
    return block.with(Matrix.of(old.rowCount(), old.columnCount(), values));
  }
}
