package org.attentionflow.onnx;

import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Quantity;

/**
 * An upper estimate of what a capture needs. With B inputs of T tokens in a native call, H heads, L
 * layers and hidden width W:
 *
 * <ul>
 *   <li>An attention tensor has B·H·T² floats. Transient: scores, masks, products and gradients of
 *       one layer. Kept per layer if gradients are wanted: scores, softmax, gradient, and what the
 *       runtime's arena does not give back in between.
 *   <li>Hidden vectors have B·T floats times a width. The feed-forward network is taken to be four
 *       times as wide; about ten vectors of that width and twenty of width W are made per layer,
 *       and kept if gradients are wanted.
 *   <li>Java arrays hold what was asked for, of all inputs, without padding; if heads are reduced,
 *       one layer with all its heads and a matrix of doubles per layer.
 * </ul>
 */
record MemoryEstimate(int layerCount, int headCount, int hiddenSize) {
  private static final long FIXED_BYTES = 16L << 20;

  /** What a native call of several inputs may need. */
  private static final long BATCH_BYTES = 2L << 30;

  private static final int TRANSIENT_ATTENTIONS = 8;
  private static final int KEPT_ATTENTIONS = 5;
  private static final int HIDDEN_VECTORS = 60;

  /** The estimate in bytes for equally long inputs, of which at most batchSize run at once. */
  long bytes(int tokenCount, int inputCount, int batchSize, CaptureRequest request) {
    return nativeBytes(tokenCount, inputCount, batchSize, request)
        + Float.BYTES * inputCount * javaFloats(tokenCount, request);
  }

  /** The same if every layer is reduced to a matrix as it is copied. */
  long reducedBytes(int tokenCount, int inputCount, int batchSize, CaptureRequest request) {
    long pairs = (long) tokenCount * tokenCount;
    long atOnce = Math.min(inputCount, atOnce(tokenCount, batchSize, request));
    // The library's copy of a layer, the one without padding, and what the reduction makes of it.
    long layer = 4L * Float.BYTES * headCount * pairs + 2L * Double.BYTES * pairs;
    long matrices = (long) Double.BYTES * layerCount * pairs;
    long whole = Float.BYTES * inputCount * javaFloats(tokenCount, request);
    return nativeBytes(tokenCount, inputCount, batchSize, request)
        + Math.min(whole, atOnce * layer)
        + inputCount * matrices;
  }

  /** How many inputs of a length go into one native call: fewer than asked for if they are long. */
  int atOnce(int tokenCount, int batchSize, CaptureRequest request) {
    long bytes = Float.BYTES * nativeFloats(tokenCount, request);
    return (int) Math.max(1, Math.min(batchSize, BATCH_BYTES / bytes));
  }

  private long nativeBytes(int tokenCount, int inputCount, int batchSize, CaptureRequest request) {
    long atOnce = Math.min(inputCount, atOnce(tokenCount, batchSize, request));
    return FIXED_BYTES + Float.BYTES * atOnce * nativeFloats(tokenCount, request);
  }

  private long nativeFloats(long tokenCount, CaptureRequest request) {
    long attention = headCount * tokenCount * tokenCount;
    long layer = HIDDEN_VECTORS * tokenCount * hiddenSize;
    long transients = TRANSIENT_ATTENTIONS * attention + 2 * layer;
    return request.wantsGradients()
        ? transients + layerCount * (KEPT_ATTENTIONS * attention + layer)
        : transients + javaFloats(tokenCount, request);
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
