package org.attentionflow.engine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * A capture of which only a matrix per layer was kept.
 *
 * @param tokens the input
 * @param decoderTokens the tokens given to the decoder of an encoder–decoder, otherwise null
 * @param logits the logits before the softmax, one per class (or per token of the vocabulary)
 * @param target the classes of the scalar that was differentiated
 * @param layers per kind of attention the reduced layers, [query, key], first layer first
 */
public record ReducedCapture(
    TokenSequence tokens,
    @Nullable TokenSequence decoderTokens,
    float[] logits,
    ResolvedTarget target,
    Map<AttentionKind, List<Matrix>> layers) {
  /** Copies the map. */
  public ReducedCapture {
    layers = Map.copyOf(layers);
  }

  /** Reduces the layers of a capture. */
  public static ReducedCapture of(Capture capture, LayerReduction reduction) {
    Map<AttentionKind, List<Matrix>> layers = new EnumMap<>(AttentionKind.class);
    capture
        .attention()
        .forEach((kind, stack) -> layers.put(kind, stack.stream().map(reduction::reduce).toList()));
    return new ReducedCapture(
        capture.tokens(), capture.decoderTokens(), capture.logits(), capture.target(), layers);
  }

  /** The layers of one kind of attention; empty if the model has none or none was asked for. */
  public List<Matrix> layers(AttentionKind kind) {
    return layers.getOrDefault(kind, List.of());
  }

  /** The tokens given to the decoder of an encoder–decoder. */
  public Optional<TokenSequence> decoder() {
    return Optional.ofNullable(decoderTokens);
  }
}
