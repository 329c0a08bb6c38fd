package org.attentionflow.formats.network;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.ForwardNetworkBuilder;
import org.attentionflow.network.NetworkBuilder;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.tensor.Matrix;

/** Layers of capacities as a network: what a builder makes, with the terminals of a file. */
final class LayeredNetwork {
  private LayeredNetwork() {}

  static FlowNetwork of(
      String file, List<Matrix> layers, boolean backward, Terminals terminals, double scale) {
    double open = openCapacity(file, layers);
    NetworkBuilder builder = backward ? new BackwardNetworkBuilder() : new ForwardNetworkBuilder();
    FlowNetwork built = builder.build(InformationTensor.of(layers), NetworkSettings.defaults());
    int tokens = built.tokenCount();
    List<ArcBlock> blocks = new ArrayList<>(built.blocks());
    for (int i = 0; i < blocks.size(); i++) {
      ArcBlock block = blocks.get(i);
      if (built.isTerminal(block)) {
        boolean atTokens = built.tokenBlocks().contains(i);
        double[] capacity =
            atTokens ? terminals.tokens(file, tokens, open) : terminals.top(file, tokens, open);
        blocks.set(i, withCapacity(block, capacity));
      }
    }
    FlowNetwork network =
        FlowNetwork.of(built.groups(), blocks, built.source(), built.sink(), built.tokenBlocks());
    return new FlowNetwork(
        network.groups(),
        network.blocks(),
        network.source(),
        network.sink(),
        network.tokenBlocks(),
        network.largestCapacity(),
        network.returnCapacity(),
        scale);
  }

  private static ArcBlock withCapacity(ArcBlock block, double[] capacity) {
    Matrix shape = block.capacity();
    return ArcBlock.dense(
        block.tail(), block.head(), Matrix.of(shape.rowCount(), shape.columnCount(), capacity));
  }

  /** The sum of all capacities plus the largest: as much as can ever flow, and more. */
  private static double openCapacity(String file, List<Matrix> layers) {
    double sum = 0;
    double largest = 0;
    for (Matrix layer : layers) {
      for (double capacity : layer.values()) {
        sum += capacity;
        largest = Math.max(largest, capacity);
      }
    }
    double open = sum + largest;
    if (!(open * 2 * layers.get(0).rowCount() < Double.POSITIVE_INFINITY)) {
      throw new UnusableInputException(
          file
              + ": the capacities are so large (up to "
              + largest
              + ") that their sum is infinite. Maybe scale them down.");
    }
    return open;
  }
}
