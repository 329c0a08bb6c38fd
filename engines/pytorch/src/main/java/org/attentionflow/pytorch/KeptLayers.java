package org.attentionflow.pytorch;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.attentionflow.engine.AttentionLayer;

/**
 * What is kept of the layers of a batch, in whatever order they come.
 *
 * @param <L> what is kept of a layer of an input
 */
final class KeptLayers<L> implements Recorder.LayerSink {
  private final Function<AttentionLayer, L> keep;
  private final List<TreeMap<Integer, L>> inputs = new ArrayList<>();

  KeptLayers(int inputCount, Function<AttentionLayer, L> keep) {
    this.keep = keep;
    for (int i = 0; i < inputCount; i++) {
      inputs.add(new TreeMap<>());
    }
  }

  @Override
  public void accept(int layer, int input, AttentionLayer attention) {
    inputs.get(input).put(layer, keep.apply(attention));
  }

  /** What was kept of one input, first layer first. */
  List<L> ofInput(int input) {
    return List.copyOf(inputs.get(input).values());
  }
}
