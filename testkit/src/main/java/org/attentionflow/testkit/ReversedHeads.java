package org.attentionflow.testkit;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.tensor.FloatTensor;

/** The same capture with the heads of every layer in the opposite order. */
final class ReversedHeads {
  private ReversedHeads() {}

  static Capture of(Capture capture) {
    Map<AttentionKind, List<AttentionLayer>> reversed = new EnumMap<>(AttentionKind.class);
    capture
        .attention()
        .forEach(
            (kind, layers) ->
                reversed.put(kind, layers.stream().map(ReversedHeads::layer).toList()));
    return new Capture(
        capture.tokens(),
        capture.decoderTokens(),
        capture.logits(),
        capture.target(),
        reversed,
        capture.hiddenStates(),
        capture.hiddenStateGradients(),
        capture.embeddings(),
        capture.embeddingGradient());
  }

  private static AttentionLayer layer(AttentionLayer layer) {
    FloatTensor attention = reversed(layer.attention());
    return layer
        .gradient()
        .map(gradient -> AttentionLayer.of(attention, reversed(gradient)))
        .orElseGet(() -> AttentionLayer.of(attention));
  }

  private static FloatTensor reversed(FloatTensor tensor) {
    int heads = tensor.size(0);
    int size = heads == 0 ? 0 : tensor.values().length / heads;
    float[] values = new float[tensor.values().length];
    for (int h = 0; h < heads; h++) {
      System.arraycopy(tensor.values(), h * size, values, (heads - 1 - h) * size, size);
    }
    return FloatTensor.of(values, tensor.shape());
  }
}
