package org.attentionflow.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * What one forward and one backward pass of a Transformer showed on one input of t tokens. Padding
 * is already cut away: all shapes are those of the input alone.
 *
 * @param tokens the input
 * @param decoderTokens the tokens given to the decoder of an encoder–decoder, otherwise null
 * @param logits the logits before the softmax, one per class (or per token of the vocabulary)
 * @param target the classes of the scalar that was differentiated
 * @param attention per kind of attention the layers, first layer first; empty if not asked for
 * @param hiddenStates [token, hidden] after the embeddings and after every layer; empty if not
 *     asked
 * @param hiddenStateGradients the target's gradient with respect to each of them; empty if not
 *     asked
 * @param embeddings the word embeddings, [token, width], or null if not asked for
 * @param embeddingGradient the target's gradient with respect to them, or null if not asked for
 */
public record Capture(
    TokenSequence tokens,
    @Nullable TokenSequence decoderTokens,
    float[] logits,
    ResolvedTarget target,
    Map<AttentionKind, List<AttentionLayer>> attention,
    List<FloatTensor> hiddenStates,
    List<FloatTensor> hiddenStateGradients,
    @Nullable FloatTensor embeddings,
    @Nullable FloatTensor embeddingGradient) {

  /** Copies the lists; the arrays inside are shared and not to be written to. */
  public Capture {
    attention = Map.copyOf(attention);
    hiddenStates = List.copyOf(hiddenStates);
    hiddenStateGradients = List.copyOf(hiddenStateGradients);
  }

  /** A capture of an encoder's attention alone. */
  public static Capture of(
      TokenSequence tokens, float[] logits, ResolvedTarget target, List<AttentionLayer> layers) {
    return new Capture(
        tokens,
        null,
        logits,
        target,
        Map.of(AttentionKind.ENCODER, List.copyOf(layers)),
        List.of(),
        List.of(),
        null,
        null);
  }

  /** The layers of one kind of attention; empty if the model has none or none was asked for. */
  public List<AttentionLayer> attention(AttentionKind kind) {
    return attention.getOrDefault(kind, List.of());
  }

  /** The tokens given to the decoder of an encoder–decoder. */
  public Optional<TokenSequence> decoder() {
    return Optional.ofNullable(decoderTokens);
  }
}
