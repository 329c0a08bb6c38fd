package org.attentionflow.huggingface.session;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.tensor.FloatTensor;

/**
 * What is kept of the layers of a batch, in whatever order they come.
 *
 * @param <L> what is kept of a layer of an input
 */
public final class KeptLayers<L> implements LayerSink {
  private final LayerKeeping<L> keeping;
  private final LayerKeeping.Arrays arrays;
  private final List<TreeMap<Integer, L>> inputs = new ArrayList<>();

  /** Waits for the layers of so many inputs. */
  public KeptLayers(int inputCount, LayerKeeping<L> keeping) {
    this.keeping = keeping;
    this.arrays = keeping.arrays();
    for (int i = 0; i < inputCount; i++) {
      inputs.add(new TreeMap<>());
    }
  }

  @Override
  public void accept(int layer, int input, int length, NativeLayer source) {
    inputs.get(input).put(layer, keeping.keep(source, input, length, arrays));
  }

  /**
   * Takes one layer of all inputs.
   *
   * @param attention per input [head, query, key]
   * @param gradients the same; empty if they were not asked for
   */
  public void accept(int layer, List<FloatTensor> attention, List<FloatTensor> gradients) {
    for (int input = 0; input < attention.size(); input++) {
      FloatTensor values = attention.get(input);
      AttentionLayer whole =
          gradients.isEmpty()
              ? AttentionLayer.of(values)
              : AttentionLayer.of(values, gradients.get(input));
      inputs.get(input).put(layer, keeping.keep(whole));
    }
  }

  /** What was kept of one input, first layer first. */
  public List<L> ofInput(int input) {
    return List.copyOf(inputs.get(input).values());
  }
}
