package org.attentionflow.huggingface.session;

import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.Quantity;

/**
 * An upper estimate of what a capture needs. With B inputs of T tokens in a native call, H heads, L
 * layers, hidden width W and inner width I of the feed-forward network:
 *
 * <ul>
 *   <li>An attention tensor has B·H·T² floats, a hidden vector B·T floats times its width. How many
 *       of them are made for a moment, and how many kept per layer if gradients are wanted, is a
 *       matter of the library: {@link NativeCosts}.
 *   <li>Java arrays hold what was asked for, of all inputs, without padding; if heads are reduced,
 *       one layer with all its heads and a matrix of doubles per layer.
 * </ul>
 *
 * @param innerSize the width of the feed-forward network
 * @param fixedTokens the length that every input is filled up to; less than 1 for none
 * @param fixedBatch the number of inputs that every native call is filled up to; less than 1 for
 *     none
 */
public record CaptureMemory(
    int layerCount,
    int headCount,
    int hiddenSize,
    int innerSize,
    int fixedTokens,
    int fixedBatch,
    NativeCosts costs) {

  /** That of a model which takes inputs as long as they are. */
  public static CaptureMemory of(ModelDescription model, int innerSize, NativeCosts costs) {
    return new CaptureMemory(
        model.layerCount(), model.headCount(), model.hiddenSize(), innerSize, 0, 0, costs);
  }

  /** The estimate in bytes for equally long inputs, of which at most batchSize run at once. */
  public long bytes(int tokenCount, int inputCount, int batchSize, CaptureRequest request) {
    return nativeBytes(tokenCount, inputCount, batchSize, request)
        + Float.BYTES * inputCount * javaFloats(tokenCount, request);
  }

  /** The same if every layer is reduced to a matrix as it comes. */
  public long reducedBytes(int tokenCount, int inputCount, int batchSize, CaptureRequest request) {
    long pairs = (long) tokenCount * tokenCount;
    long together =
        costs.returnsTogether() ? Math.min(inputCount, atOnce(tokenCount, batchSize, request)) : 1;
    // Attention and gradient, twice where the library's copy is whole, and what becomes of them.
    long tensors = costs.returnsTogether() ? 4 : 2;
    long layer = tensors * Float.BYTES * headCount * pairs + 2L * Double.BYTES * pairs;
    long matrices = (long) Double.BYTES * layerCount * pairs;
    long whole = Float.BYTES * inputCount * javaFloats(tokenCount, request);
    return nativeBytes(tokenCount, inputCount, batchSize, request)
        + Math.min(whole, together * layer)
        + inputCount * matrices;
  }

  /** How many inputs of a length go into one native call: fewer than asked for if they are long. */
  public int atOnce(int tokenCount, int batchSize, CaptureRequest request) {
    long bytes = Float.BYTES * nativeFloats(tokenCount, request);
    return (int) Math.max(1, Math.min(batchSize, costs.batchBytes() / bytes));
  }

  private long nativeBytes(int tokenCount, int inputCount, int batchSize, CaptureRequest request) {
    long inputs = Math.min(inputCount, atOnce(tokenCount, batchSize, request));
    long atOnce = Math.max(inputs, fixedBatch);
    return costs.fixedBytes() + Float.BYTES * atOnce * nativeFloats(tokenCount, request);
  }

  private long nativeFloats(long tokenCount, CaptureRequest request) {
    long width = Math.max(tokenCount, fixedTokens);
    long attention = headCount * width * width;
    long layer =
        width
            * ((long) costs.hiddenVectors() * hiddenSize + (long) costs.innerVectors() * innerSize);
    long transients = costs.transientAttentions() * attention + 2 * layer;
    if (request.wantsGradients()) {
      return transients + layerCount * (costs.keptAttentions() * attention + layer);
    }
    return transients + (costs.returnsTogether() ? javaFloats(width, request) : 0);
  }

  private long javaFloats(long tokenCount, CaptureRequest request) {
    long attention = (long) layerCount * headCount * tokenCount * tokenCount;
    long hidden = (layerCount + 1L) * tokenCount * hiddenSize;
    long embedding = tokenCount * hiddenSize;
    boolean attentionGradient = request.wants(Quantity.ATTENTION_GRADIENT);
    long floats = 0;
    floats += attentionGradient || request.wants(Quantity.ATTENTION) ? attention : 0;
    floats += attentionGradient ? attention : 0;
    floats += request.wants(Quantity.HIDDEN_STATES) ? hidden : 0;
    floats += request.wants(Quantity.HIDDEN_STATE_GRADIENT) ? hidden : 0;
    floats += request.wants(Quantity.EMBEDDING) ? embedding : 0;
    floats += request.wants(Quantity.EMBEDDING_GRADIENT) ? embedding : 0;
    return floats;
  }
}
