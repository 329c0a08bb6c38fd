package org.attentionflow.engine;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.TokenSequence;

/**
 * An open model. Thread-safe: several threads may capture at once. Calls share no state; gradients
 * of one never reach another, and the numbers do not depend on how inputs are batched beyond the
 * rounding of the native library.
 */
public interface ModelSession extends AutoCloseable {
  /** What is known of the model. */
  ModelDescription model();

  /**
   * What the engine can do with models of this form, but not with this one, as it turned out when
   * it was opened.
   *
   * @return per capability the reason and a cure, as the end of a sentence; nothing by default
   */
  default Map<Capability, String> lacks() {
    return Map.of();
  }

  /**
   * Why the engine takes for attention what it captures as that, if it had to find it in a graph.
   *
   * @return a sentence per layer, first layer first, that names the places in the graph; nothing by
   *     default
   */
  default List<String> attentionReasons() {
    return List.of();
  }

  /**
   * Turns a text into tokens, special tokens included. Nothing is truncated.
   *
   * @throws UnusableInputException if the text has no token, has more than the model reads, or the
   *     model comes without a tokenizer
   */
  TokenSequence tokenize(String text);

  /**
   * Makes a sequence of the given token ids as they are: nothing is added. Texts of the tokens come
   * from the tokenizer where there is one.
   *
   * @throws UnusableInputException if an id is not in the vocabulary or there are too many
   */
  TokenSequence sequence(int[] ids);

  /**
   * Runs the forward pass.
   *
   * @param inputs any number of inputs of any lengths
   * @return the logits of each input, in order
   */
  List<float[]> logits(List<TokenSequence> inputs);

  /**
   * Runs the forward pass with positions that no token attends to; {@link
   * Capability#ATTENTION_MASK}. The tokens there keep their positions, and nothing flows from them.
   *
   * @param inputs any number of inputs of any lengths
   * @param unattended per input the indices of such tokens, not all of them
   * @return the logits of each input, in order
   * @throws UnusableInputException if the engine is not capable of it
   */
  default List<float[]> logits(List<TokenSequence> inputs, List<BitSet> unattended) {
    throw new UnusableInputException(
        "The engine of " + model().name() + " cannot mask attention (attention-mask).");
  }

  /**
   * Opens the same model with the weights of its upper parts as random as before training; {@link
   * Capability#RANDOM_WEIGHTS}. This session stays as it is.
   *
   * @param depth how many parts are random, counted from the output: 1 is the classification head
   *     alone, 1 + k also the last k layers, and one more the embeddings
   * @param seed what the weights are drawn from: the same seed gives the same model
   * @throws UnusableInputException if the engine is not capable of it, or the model is not that
   *     deep
   */
  default ModelSession withRandomWeights(int depth, long seed) {
    throw new UnusableInputException(
        "The engine of " + model().name() + " cannot randomise weights (random-weights).");
  }

  /**
   * Runs one forward and, if gradients are asked for, one backward pass per batch.
   *
   * @param inputs any number of inputs of any lengths
   * @return one capture per input, in order, without padding
   * @throws UnusableInputException if the target is not a class of the model
   */
  List<Capture> capture(List<TokenSequence> inputs, CaptureRequest request);

  /**
   * Runs the same passes as {@link #capture} but keeps of every layer only what a reduction makes
   * of it. The matrices are those of {@link ReducedCapture#of} on the whole capture, bit for bit.
   * Engines override it where that saves memory.
   *
   * @param request what the reduction reads; hidden states and embeddings are not kept
   * @return one result per input, in order
   */
  default List<ReducedCapture> captureReduced(
      List<TokenSequence> inputs, CaptureRequest request, LayerReduction reduction) {
    return capture(inputs, request).stream()
        .map(capture -> ReducedCapture.of(capture, reduction))
        .toList();
  }

  /**
   * Runs the same passes from given word embeddings. Needs {@link Capability#EMBEDDING_INPUT}.
   *
   * @param inputs any number of inputs of any lengths
   * @return one capture per input, in order, without padding
   * @throws UnusableInputException if the engine cannot do that, or the target is not a class
   */
  default List<Capture> captureEmbedded(List<EmbeddedInput> inputs, CaptureRequest request) {
    throw new UnusableInputException(
        "The engine of "
            + model().name()
            + " cannot compute from given embeddings (capability embedding-input). Maybe choose"
            + " another engine or method.");
  }

  /**
   * The weights of an encoder classifier, behind its embeddings; read once and kept. Needs {@link
   * Capability#ENCODER_WEIGHTS}.
   *
   * @throws UnusableInputException if the engine cannot show them
   */
  default EncoderWeights encoderWeights() {
    throw new UnusableInputException(
        "The engine of "
            + model().name()
            + " does not show the weights of the model (capability encoder-weights). Maybe choose"
            + " another engine or method.");
  }

  /**
   * An upper estimate of the memory, in bytes, that one call of {@link #capture} needs, native and
   * Java together, for a batch of equally long inputs.
   */
  long captureBytes(int tokenCount, int inputCount, CaptureRequest request);

  /**
   * The same estimate for {@link #captureReduced}; at most that of the whole capture and the
   * matrices.
   */
  default long captureReducedBytes(int tokenCount, int inputCount, CaptureRequest request) {
    long matrix = (long) Double.BYTES * tokenCount * tokenCount;
    return captureBytes(tokenCount, inputCount, request)
        + inputCount * model().layerCount() * matrix;
  }

  /**
   * SHA-256 digests of the files the model was read from, by file name; computed when asked for.
   */
  Map<String, String> digests();

  /** Frees the native memory. Using the session afterwards is an error. */
  @Override
  void close();
}
