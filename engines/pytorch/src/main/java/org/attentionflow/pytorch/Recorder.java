package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Quantity;
import org.attentionflow.tensor.FloatTensor;

/**
 * Watches one forward pass: copies what was asked for, and adds a probe, a tensor of zeros, to
 * every tensor whose gradient was asked for. The gradient with respect to the probe is that of the
 * tensor, and because the probe is an input of the computation PyTorch keeps it.
 */
class Recorder {
  private final CaptureRequest request;
  private final int[] lengths;
  private final NDManager manager;
  private final List<List<FloatTensor>> attention = new ArrayList<>();
  private final List<List<FloatTensor>> hiddenStates = new ArrayList<>();
  private final List<List<FloatTensor>> embeddings = new ArrayList<>();
  private final List<PtNDArray> attentionProbes = new ArrayList<>();
  private final List<PtNDArray> hiddenStateProbes = new ArrayList<>();
  private final List<PtNDArray> embeddingProbes = new ArrayList<>();

  /**
   * Makes a recorder.
   *
   * @param lengths the number of tokens of each input of the batch
   * @param manager what the probes belong to
   */
  Recorder(CaptureRequest request, int[] lengths, NDManager manager) {
    this.request = request;
    this.lengths = lengths.clone();
    this.manager = manager;
  }

  /**
   * Sees the attention of the next layer, [batch, head, query, key], and returns what to go on
   * with.
   */
  PtNDArray attention(PtNDArray probabilities) {
    if (request.wants(Quantity.ATTENTION) || request.wants(Quantity.ATTENTION_GRADIENT)) {
      attention.add(NativeCopy.attention(probabilities, lengths));
    }
    return request.wants(Quantity.ATTENTION_GRADIENT)
        ? probed(probabilities, attentionProbes)
        : probabilities;
  }

  /** Sees the next hidden states, [batch, token, hidden], and returns what to go on with. */
  PtNDArray hiddenState(PtNDArray hidden) {
    if (request.wants(Quantity.HIDDEN_STATES)) {
      hiddenStates.add(NativeCopy.vectors(hidden, lengths));
    }
    return request.wants(Quantity.HIDDEN_STATE_GRADIENT)
        ? probed(hidden, hiddenStateProbes)
        : hidden;
  }

  /** Sees the word embeddings, [batch, token, width], and returns what to go on with. */
  PtNDArray embedding(PtNDArray words) {
    if (request.wants(Quantity.EMBEDDING)) {
      embeddings.add(NativeCopy.vectors(words, lengths));
    }
    return request.wants(Quantity.EMBEDDING_GRADIENT) ? probed(words, embeddingProbes) : words;
  }

  /** What is added to a tensor whose gradient was asked for. */
  PtNDArray probe(NDManager manager, Shape shape) {
    return (PtNDArray) manager.zeros(shape);
  }

  /** The attention per layer and input. */
  List<List<FloatTensor>> attention() {
    return attention;
  }

  /** The hidden states per layer and input. */
  List<List<FloatTensor>> hiddenStates() {
    return hiddenStates;
  }

  /** The word embeddings per input; empty or one element. */
  List<List<FloatTensor>> embeddings() {
    return embeddings;
  }

  /** The gradients of the attention per layer and input, after the backward pass. */
  List<List<FloatTensor>> attentionGradients() {
    return attentionProbes.stream()
        .map(probe -> withGradient(probe, gradient -> NativeCopy.attention(gradient, lengths)))
        .toList();
  }

  /** The gradients of the hidden states per layer and input, after the backward pass. */
  List<List<FloatTensor>> hiddenStateGradients() {
    return vectorGradients(hiddenStateProbes);
  }

  /** The gradients of the word embeddings per input, after the backward pass. */
  List<List<FloatTensor>> embeddingGradients() {
    return vectorGradients(embeddingProbes);
  }

  private List<List<FloatTensor>> vectorGradients(List<PtNDArray> probes) {
    return probes.stream()
        .map(probe -> withGradient(probe, gradient -> NativeCopy.vectors(gradient, lengths)))
        .toList();
  }

  private static List<FloatTensor> withGradient(
      PtNDArray probe, Function<PtNDArray, List<FloatTensor>> copy) {
    try (PtNDArray gradient = JniUtils.getGradient(probe)) {
      return copy.apply(gradient);
    } finally {
      probe.close();
    }
  }

  private PtNDArray probed(PtNDArray tensor, List<PtNDArray> probes) {
    PtNDArray probe = probe(manager, tensor.getShape());
    probe.setRequiresGradient(true);
    probes.add(probe);
    try (tensor) {
      return tensor.add(probe);
    }
  }
}
