package org.attentionflow.dual;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.tensor.Matrix;

/** Pruned networks of random capacities for the tests of this package. */
final class LayeredNetworks {
  private LayeredNetworks() {}

  /**
   * Capacities 10^−x with x uniform in [0, decades), or 0.
   *
   * @param zeros the part of the capacities that are 0
   */
  static DoubleSupplier logUniform(SplittableRandom random, double decades, double zeros) {
    return () ->
        random.nextDouble() < zeros ? 0 : StrictMath.pow(10, -decades * random.nextDouble());
  }

  /** Super-source → layers, each joined to the next by a dense block → super-sink. */
  static FlowNetwork chain(DoubleSupplier capacity, int... sizes) {
    int layers = sizes.length;
    List<ArcBlock> blocks = new ArrayList<>();
    for (int layer = 0; layer + 1 < layers; layer++) {
      blocks.add(dense(layer, layer + 1, sizes[layer], sizes[layer + 1], capacity));
    }
    blocks.add(dense(layers, 0, 1, sizes[0], open()));
    blocks.add(dense(layers - 1, layers + 1, sizes[layers - 1], 1, open()));
    return pruned(blocks, sizes);
  }

  /**
   * Two layers of an encoder and two of a decoder of the same size, which both decoder layers read,
   * with diagonal blocks beside the dense ones: two blocks between the same groups.
   */
  static FlowNetwork branching(DoubleSupplier capacity, int size) {
    List<ArcBlock> blocks = new ArrayList<>();
    int[][] pairs = {{0, 1}, {2, 3}, {1, 2}, {1, 3}};
    for (int[] pair : pairs) {
      blocks.add(dense(pair[0], pair[1], size, size, capacity));
    }
    for (int[] pair : new int[][] {{0, 1}, {2, 3}}) {
      blocks.add(ArcBlock.diagonal(pair[0], pair[1], row(size, capacity)));
    }
    blocks.add(dense(1, 3, size, size, capacity));
    blocks.add(dense(4, 0, 1, size, open()));
    blocks.add(dense(4, 2, 1, size, open()));
    blocks.add(dense(3, 5, size, 1, open()));
    blocks.add(dense(1, 5, size, 1, open()));
    return pruned(blocks, size, size, size, size);
  }

  /** A dense block of some rows of one width, and a diagonal block behind it. */
  static FlowNetwork ofWidth(DoubleSupplier capacity, int tails, int width) {
    List<ArcBlock> blocks = new ArrayList<>();
    blocks.add(dense(0, 1, tails, width, capacity));
    blocks.add(ArcBlock.diagonal(1, 2, row(width, capacity)));
    blocks.add(dense(3, 0, 1, tails, open()));
    blocks.add(dense(2, 4, width, 1, open()));
    return pruned(blocks, tails, width, width);
  }

  /** Node 1 of layer 1 hangs on the rest by arcs of 1e-200 alone. */
  static FlowNetwork withUnderflow() {
    double[] into = {0.5, 1e-200, 1, 1e-200};
    double[] from = {0.25, 0.5, 1e-200, 1e-200};
    List<ArcBlock> blocks = new ArrayList<>();
    blocks.add(ArcBlock.dense(0, 1, Matrix.of(2, 2, into)));
    blocks.add(ArcBlock.dense(1, 2, Matrix.of(2, 2, from)));
    blocks.add(dense(3, 0, 1, 2, open()));
    blocks.add(dense(2, 4, 2, 1, open()));
    return pruned(blocks, 2, 2, 2);
  }

  /** Layer 1 leads nowhere and is empty: rows of layer 0 have no arcs to it. */
  static FlowNetwork withEmptyGroup(DoubleSupplier capacity) {
    List<ArcBlock> blocks = new ArrayList<>();
    blocks.add(dense(0, 1, 4, 3, capacity));
    blocks.add(dense(0, 2, 4, 5, capacity));
    blocks.add(dense(1, 2, 3, 5, () -> 0));
    blocks.add(dense(3, 0, 1, 4, open()));
    blocks.add(dense(2, 4, 5, 1, open()));
    return pruned(blocks, 4, 3, 5);
  }

  static ArcBlock dense(int tail, int head, int tails, int heads, DoubleSupplier capacity) {
    double[] values = new double[tails * heads];
    for (int i = 0; i < values.length; i++) {
      values[i] = capacity.getAsDouble();
    }
    return ArcBlock.dense(tail, head, Matrix.of(tails, heads, values));
  }

  /** The network of blocks between groups of these sizes, the super-source and the super-sink. */
  static FlowNetwork pruned(List<ArcBlock> blocks, int... sizes) {
    List<NodeGroup> groups = new ArrayList<>();
    for (int size : sizes) {
      groups.add(new NodeGroup("layer " + groups.size(), size));
    }
    groups.add(new NodeGroup("source", 1));
    groups.add(new NodeGroup("sink", 1));
    int source = sizes.length;
    return PrunedNetwork.of(FlowNetwork.of(groups, blocks, source, source + 1, List.of()))
        .network();
  }

  private static Matrix row(int size, DoubleSupplier capacity) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = capacity.getAsDouble();
    }
    return Matrix.of(1, size, values);
  }

  /** Capacities of terminal arcs, which do not bind. */
  private static DoubleSupplier open() {
    return () -> 1e3;
  }
}
