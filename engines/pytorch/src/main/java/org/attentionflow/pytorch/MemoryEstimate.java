package org.attentionflow.pytorch;

import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.Quantity;

/**
 * An upper estimate of what a capture needs. With B inputs of T tokens in a native call, H heads, L
 * layers, hidden width W and inner width I of the feed-forward network:
 *
 * <ul>
 *   <li>An attention tensor has B·H·T² floats. Transient: scores and softmax in the forward pass,
 *       gradients of attention and scores in the backward pass. Kept per layer if gradients are
 *       wanted: the softmax, and where layers are not taken one by one its gradient.
 *   <li>Hidden vectors have B·T floats times a width. A layer makes about 12 of width W and 3 of
 *       width I; they are kept if gradients are wanted.
 *   <li>Java arrays hold what was asked for, of all inputs, without padding; if heads are reduced,
 *       one layer with all its heads and a matrix of doubles per layer.
 * </ul>
 *
 * @param keptAttentions the attention tensors that are kept per layer
 */
record MemoryEstimate(
    int layerCount, int headCount, int hiddenSize, int innerSize, int keptAttentions) {
  private static final long FIXED_BYTES = 16L << 20;

  /** What a native call of several inputs may need. */
  private static final long BATCH_BYTES = 1L << 30;

  private static final int TRANSIENT_ATTENTIONS = 5;
  private static final int HIDDEN_VECTORS = 12;
  private static final int INNER_VECTORS = 3;

  /** Of a model whose layers are gone back through one by one. */
  static MemoryEstimate ofCheckpoint(ModelDescription model, int innerSize) {
    return new MemoryEstimate(
        model.layerCount(), model.headCount(), model.hiddenSize(), innerSize, 1);
  }

  /** Of a model that keeps scores, softmax, cast and gradient of every layer. */
  static MemoryEstimate ofArchive(ModelDescription model) {
    return new MemoryEstimate(
        model.layerCount(), model.headCount(), model.hiddenSize(), 4 * model.hiddenSize(), 4);
  }

  /** The estimate in bytes for equally long inputs, of which at most batchSize run at once. */
  long bytes(int tokenCount, int inputCount, int batchSize, CaptureRequest request) {
    return nativeBytes(tokenCount, inputCount, batchSize, request)
        + Float.BYTES * inputCount * javaFloats(tokenCount, request);
  }

  /** The same if every layer is reduced to a matrix as it comes. */
  long reducedBytes(int tokenCount, int inputCount, int batchSize, CaptureRequest request) {
    long pairs = (long) tokenCount * tokenCount;
    long layer = 2L * Float.BYTES * headCount * pairs + 2L * Double.BYTES * pairs;
    long matrices = (long) Double.BYTES * layerCount * pairs;
    return nativeBytes(tokenCount, inputCount, batchSize, request) + layer + inputCount * matrices;
  }

  /** How many inputs of a length go into one native call: fewer than asked for if they are long. */
  int atOnce(int tokenCount, int batchSize, CaptureRequest request) {
    long bytes = Float.BYTES * nativeFloats(tokenCount, request.wantsGradients());
    return (int) Math.max(1, Math.min(batchSize, BATCH_BYTES / bytes));
  }

  private long nativeBytes(int tokenCount, int inputCount, int batchSize, CaptureRequest request) {
    long atOnce = Math.min(inputCount, atOnce(tokenCount, batchSize, request));
    return FIXED_BYTES + Float.BYTES * atOnce * nativeFloats(tokenCount, request.wantsGradients());
  }

  private long nativeFloats(long tokenCount, boolean gradients) {
    long attention = headCount * tokenCount * tokenCount;
    long layer =
        tokenCount * ((long) HIDDEN_VECTORS * hiddenSize + (long) INNER_VECTORS * innerSize);
    long transients = TRANSIENT_ATTENTIONS * attention + 2 * layer;
    return gradients ? transients + layerCount * (keptAttentions * attention + layer) : transients;
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
