package org.attentionflow.huggingface.session;

import java.util.List;
import java.util.Map;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.ReducedCapture;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * What a pass showed on one input.
 *
 * @param kind the kind of attention of the model
 * @param layers what was kept of the attention of each layer; empty if none was asked for
 * @param <L> what is kept of a layer
 */
public record InputRun<L>(
    TokenSequence tokens,
    float[] logits,
    ResolvedTarget target,
    AttentionKind kind,
    List<L> layers,
    CapturedVectors vectors) {

  /** With every head of every layer. */
  public static Capture capture(InputRun<AttentionLayer> run) {
    return new Capture(
        run.tokens(),
        null,
        run.logits(),
        run.target(),
        run.byKind(),
        run.vectors().hiddenStates(),
        run.vectors().hiddenStateGradients(),
        first(run.vectors().embeddings()),
        first(run.vectors().embeddingGradients()));
  }

  /** With every layer reduced. */
  public static ReducedCapture reduced(InputRun<Matrix> run) {
    return new ReducedCapture(run.tokens(), null, run.logits(), run.target(), run.byKind());
  }

  private Map<AttentionKind, List<L>> byKind() {
    return layers.isEmpty() ? Map.of() : Map.of(kind, layers);
  }

  private static @Nullable FloatTensor first(List<FloatTensor> tensors) {
    return tensors.isEmpty() ? null : tensors.get(0);
  }
}
