package org.attentionflow.testkit;

import java.util.Arrays;
import java.util.List;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.CapacityScale;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.Sources;
import org.attentionflow.network.TerminalCapacity;
import org.attentionflow.tensor.Matrix;

/** Short ways to write down a network. */
final class Networks {
  private Networks() {}

  /** The network of Algorithm 1 with open terminals. */
  static FlowNetwork stack(List<Matrix> layers, Sources sources) {
    NetworkSettings settings =
        new NetworkSettings(TerminalCapacity.OPEN, CapacityScale.NONE, sources);
    return new BackwardNetworkBuilder().build(InformationTensor.of(layers), settings);
  }

  /** The network of Algorithm 1 with open terminals and all sources. */
  static FlowNetwork stack(double[][][] layers) {
    return stack(Arrays.stream(layers).map(Matrix::ofRows).toList(), Sources.all());
  }

  /** The sum of all capacities plus the largest: a terminal of this capacity never binds. */
  static double openTerminal(List<ArcBlock> blocks) {
    double sum = 0;
    double largest = 0;
    for (ArcBlock block : blocks) {
      for (double capacity : block.capacity().values()) {
        sum += capacity;
        largest = Math.max(largest, capacity);
      }
    }
    return sum + largest;
  }
}
