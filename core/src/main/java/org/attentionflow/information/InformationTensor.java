package org.attentionflow.information;

import java.util.List;
import java.util.Map;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.Matrix;

/**
 * The information tensor Ā[layer][query][key] ≥ 0: how much information each layer carries from key
 * tokens to query tokens. Encoder–decoders have one stack of layers per kind of attention.
 *
 * @param stacks per kind of attention its layers, first layer first
 */
public record InformationTensor(Map<AttentionKind, List<Matrix>> stacks) {
  /**
   * Copies the map and the lists, and checks every value once.
   *
   * @throws UnusableInputException if a value is negative, infinite or not a number
   */
  public InformationTensor {
    stacks = Map.copyOf(stacks);
    stacks.forEach((kind, layers) -> check(layers));
  }

  /** The tensor of a plain layer stack. */
  public static InformationTensor of(List<Matrix> layers) {
    return new InformationTensor(Map.of(AttentionKind.ENCODER, List.copyOf(layers)));
  }

  /** The layers of one kind of attention, first layer first; empty if there are none. */
  public List<Matrix> layers(AttentionKind kind) {
    return stacks.getOrDefault(kind, List.of());
  }

  private static void check(List<Matrix> layers) {
    for (int layer = 0; layer < layers.size(); layer++) {
      Matrix matrix = layers.get(layer);
      for (int i = 0; i < matrix.size(); i++) {
        double value = matrix.get(i);
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
          throw new UnusableInputException(
              "The information of layer "
                  + layer
                  + " from key "
                  + i % matrix.columnCount()
                  + " to query "
                  + i / matrix.columnCount()
                  + " is "
                  + value
                  + "; it must be finite and not negative. Maybe the gradient was not clipped at"
                  + " zero, or the model overflowed.");
        }
      }
    }
  }
}
