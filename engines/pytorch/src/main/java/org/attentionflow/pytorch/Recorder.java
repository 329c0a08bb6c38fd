package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Quantity;
import org.attentionflow.huggingface.session.CapturedVectors;
import org.attentionflow.huggingface.session.LayerSink;
import org.attentionflow.huggingface.session.NativeLayer;
import org.attentionflow.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * Watches one forward pass over a batch and goes back through it.
 *
 * <p>Wherever a gradient is wanted, and between layers, the computation is cut: it goes on with a
 * leaf that shares the memory of the tensor but not its history. The backward pass takes the cuts
 * in reverse order; the gradient of a leaf is complete when its turn comes, is handed to the
 * history in front of the cut, and is freed. So nothing is added to the computation, and no more
 * than one layer's gradients are in memory.
 */
class Recorder {
  private enum Kind {
    EMBEDDING,
    HIDDEN_STATE,
    ATTENTION
  }

  /**
   * A place where the computation was cut.
   *
   * @param layer the number of tensors of the same kind before this one
   * @param before the tensor with its history
   * @param leaf the same numbers without history
   */
  private record Cut(Kind kind, int layer, PtNDArray before, PtNDArray leaf) {}

  private final CaptureRequest request;
  private final int[] lengths;
  private final NDManager manager;
  private final LayerSink sink;
  private final List<Cut> cuts = new ArrayList<>();
  private final List<List<FloatTensor>> hiddenStates = new ArrayList<>();
  private final List<List<FloatTensor>> hiddenStateGradients = new ArrayList<>();
  private final List<List<FloatTensor>> embeddings = new ArrayList<>();
  private final List<List<FloatTensor>> embeddingGradients = new ArrayList<>();
  private int attentionCount;
  private int hiddenStateCount;

  /**
   * Makes a recorder.
   *
   * @param lengths the number of tokens of each input of the batch
   * @param manager what the tensors at the cuts belong to
   * @param sink receives the attention: during the forward pass if no gradient of it is wanted,
   *     during the backward pass otherwise
   */
  Recorder(CaptureRequest request, int[] lengths, NDManager manager, LayerSink sink) {
    this.request = request;
    this.lengths = lengths.clone();
    this.manager = manager;
    this.sink = sink;
  }

  /** Whether hidden states of all tokens have to be seen. */
  boolean wantsStates() {
    return request.wants(Quantity.HIDDEN_STATES) || request.wants(Quantity.HIDDEN_STATE_GRADIENT);
  }

  /**
   * Sees the attention of the next layer, [batch, head, query, key], and returns what to go on
   * with.
   */
  PtNDArray attention(PtNDArray probabilities) {
    int layer = attentionCount++;
    if (request.wants(Quantity.ATTENTION_GRADIENT)) {
      return cut(Kind.ATTENTION, layer, probabilities);
    }
    if (request.wants(Quantity.ATTENTION)) {
      hand(layer, NativeCopy.layer(probabilities, null));
    }
    return probabilities;
  }

  /** Sees the next hidden states, [batch, token, hidden], and returns what to go on with. */
  PtNDArray hiddenState(PtNDArray hidden) {
    int layer = hiddenStateCount++;
    if (request.wants(Quantity.HIDDEN_STATES)) {
      hiddenStates.add(NativeCopy.vectors(hidden, lengths));
    }
    // In front of the first attention a history is of use only for the embeddings.
    boolean needed =
        layer > 0
            || request.wants(Quantity.HIDDEN_STATE_GRADIENT)
            || request.wants(Quantity.EMBEDDING_GRADIENT);
    return request.wantsGradients() && needed ? cut(Kind.HIDDEN_STATE, layer, hidden) : hidden;
  }

  /** Sees the word embeddings, [batch, token, width], and returns what to go on with. */
  PtNDArray embedding(PtNDArray words) {
    if (request.wants(Quantity.EMBEDDING)) {
      embeddings.add(NativeCopy.vectors(words, lengths));
    }
    return request.wants(Quantity.EMBEDDING_GRADIENT) ? cut(Kind.EMBEDDING, 0, words) : words;
  }

  /** Frees hidden states that were gone on with, unless the backward pass needs them. */
  void release(PtNDArray hidden) {
    if (cuts.stream().noneMatch(cut -> cut.leaf() == hidden)) {
      hidden.close();
    }
  }

  /** Goes back through the cuts, after the backward pass from the output to the last of them. */
  void backward() {
    for (int i = cuts.size() - 1; i >= 0; i--) {
      Cut cut = cuts.get(i);
      try (PtNDArray before = cut.before();
          PtNDArray leaf = cut.leaf();
          PtNDArray gradient = gradient(leaf)) {
        record(cut, gradient);
        // In front of the first cut there are only weights, which are not differentiated.
        if (i > 0) {
          JniUtils.backward(before, gradient, false, false);
        }
      }
    }
  }

  /** The vectors that were recorded of one input. */
  CapturedVectors vectors(int input) {
    return CapturedVectors.of(
        input, hiddenStates, hiddenStateGradients, embeddings, embeddingGradients);
  }

  private void record(Cut cut, PtNDArray gradient) {
    switch (cut.kind()) {
      case ATTENTION -> hand(cut.layer(), NativeCopy.layer(cut.leaf(), gradient));
      case HIDDEN_STATE -> {
        if (request.wants(Quantity.HIDDEN_STATE_GRADIENT)) {
          hiddenStateGradients.add(0, NativeCopy.vectors(gradient, lengths));
        }
      }
      case EMBEDDING -> embeddingGradients.add(NativeCopy.vectors(gradient, lengths));
    }
  }

  private void hand(int layer, NativeLayer source) {
    for (int input = 0; input < lengths.length; input++) {
      sink.accept(layer, input, lengths[input], source);
    }
  }

  /** The gradient of a leaf; zeros if the target does not depend on it. */
  private static PtNDArray gradient(PtNDArray leaf) {
    @Nullable PtNDArray gradient = JniUtils.getGradient(leaf);
    return gradient == null ? (PtNDArray) leaf.zerosLike() : gradient;
  }

  private PtNDArray cut(Kind kind, int layer, PtNDArray tensor) {
    // DJL's detach would cut the tensor itself; an alias that is not recorded has no history.
    PtNDArray leaf = GradientMode.with(false, () -> (PtNDArray) tensor.reshape(tensor.getShape()));
    leaf.setRequiresGradient(true);
    tensor.attach(manager);
    leaf.attach(manager);
    cuts.add(new Cut(kind, layer, tensor, leaf));
    return leaf;
  }
}
