package org.attentionflow.network;

import java.util.Arrays;
import java.util.List;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.tensor.Matrix;

/**
 * What Algorithms 1 and 2 share: the square layers of a plain stack, scaled, the capacity of the
 * terminal arcs, and which tokens of the top layer they reach.
 */
final class LayerStack {
  private final List<Matrix> layers;
  private final double scale;
  private final double terminalCapacity;
  private final boolean[] isSource;

  private LayerStack(
      List<Matrix> layers, double scale, double terminalCapacity, boolean[] isSource) {
    this.layers = layers;
    this.scale = scale;
    this.terminalCapacity = terminalCapacity;
    this.isSource = isSource;
  }

  static LayerStack of(InformationTensor information, NetworkSettings settings) {
    List<Matrix> layers = onlyStack(information);
    int tokens = layers.get(0).rowCount();
    for (int layer = 0; layer < layers.size(); layer++) {
      Matrix matrix = layers.get(layer);
      if (matrix.rowCount() != tokens || matrix.columnCount() != tokens) {
        throw new UnusableInputException(
            "Layer "
                + layer
                + " has the shape "
                + matrix.rowCount()
                + " x "
                + matrix.columnCount()
                + ", layer 0 has "
                + tokens
                + " tokens.");
      }
    }
    double scale = settings.scale() == CapacityScale.PAPER ? paperScale(layers) : 1;
    List<Matrix> scaled = scale == 1 ? layers : layers.stream().map(m -> times(m, scale)).toList();
    double terminal = tokens * scale;
    if (settings.terminalCapacity() == TerminalCapacity.OPEN) {
      double sum = 0;
      double largest = 0;
      for (Matrix layer : scaled) {
        for (int i = 0; i < layer.size(); i++) {
          sum += layer.get(i);
          largest = Math.max(largest, layer.get(i));
        }
      }
      terminal = sum + largest;
    }
    return new LayerStack(scaled, scale, terminal, settings.sources().among(tokens));
  }

  int tokenCount() {
    return isSource.length;
  }

  int layerCount() {
    return layers.size();
  }

  /** Ā[layer][query][key] times the scale. */
  Matrix layer(int layer) {
    return layers.get(layer);
  }

  double scale() {
    return scale;
  }

  /** The capacities of the arcs that join the top layer to its terminal. */
  double[] topTerminals() {
    double[] capacity = new double[isSource.length];
    for (int i = 0; i < capacity.length; i++) {
      capacity[i] = isSource[i] ? terminalCapacity : 0;
    }
    return capacity;
  }

  /** The capacities of the arcs that join the input tokens to their terminal. */
  double[] tokenTerminals() {
    double[] capacity = new double[isSource.length];
    Arrays.fill(capacity, terminalCapacity);
    return capacity;
  }

  private static List<Matrix> onlyStack(InformationTensor information) {
    List<List<Matrix>> stacks =
        information.stacks().values().stream().filter(stack -> !stack.isEmpty()).toList();
    if (stacks.size() != 1 || !information.layers(AttentionKind.CROSS).isEmpty()) {
      throw new UnusableInputException(
          "A layered network needs one stack of self-attention, not "
              + stacks.size()
              + ". Maybe no attention was captured.");
    }
    return stacks.get(0);
  }

  private static double paperScale(List<Matrix> layers) {
    double smallest = Double.POSITIVE_INFINITY;
    for (Matrix layer : layers) {
      for (int i = 0; i < layer.size(); i++) {
        double capacity = layer.get(i);
        smallest = capacity > 0 ? Math.min(smallest, capacity) : smallest;
      }
    }
    return smallest == Double.POSITIVE_INFINITY
        ? 1
        : Math.pow(10, -Math.floor(Math.log10(smallest)));
  }

  private static Matrix times(Matrix matrix, double factor) {
    double[] values = matrix.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return Matrix.of(matrix.rowCount(), matrix.columnCount(), values);
  }
}
