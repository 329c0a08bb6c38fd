package org.attentionflow.engine;

import org.attentionflow.tensor.Matrix;

/**
 * What is kept of a layer's attention and gradient: one matrix for all heads. Engines call it as
 * the layers come, so that no more than one layer with all its heads need be in memory.
 * Thread-safe.
 */
@FunctionalInterface
public interface LayerReduction {
  /**
   * Reduces a layer.
   *
   * @param layer the layer with what the request asked for; its arrays are valid during the call
   *     only and may be overwritten afterwards
   * @return [query, key]
   */
  Matrix reduce(AttentionLayer layer);
}
