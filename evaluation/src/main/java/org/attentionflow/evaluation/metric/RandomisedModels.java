package org.attentionflow.evaluation.metric;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.attentionflow.engine.ModelSession;

/**
 * The same model with ever more of its parts random, from the output down, each opened when first
 * asked for and kept: as many models in memory as depths are asked for. Thread-safe.
 */
public final class RandomisedModels implements AutoCloseable {
  private final ModelSession session;
  private final long seed;
  private final Map<Integer, ModelSession> open = new ConcurrentHashMap<>();

  /**
   * Opens nothing yet.
   *
   * @param session the trained model; stays open
   * @param seed what random weights are drawn from
   */
  public RandomisedModels(ModelSession session, long seed) {
    this.session = session;
    this.seed = seed;
  }

  /** The number of depths: the classification head, every layer, the embeddings. */
  public int depthCount() {
    return session.model().layerCount() + 2;
  }

  /**
   * The model with its upper parts random; see {@link ModelSession#withRandomWeights}. Belongs to
   * this object.
   *
   * @param depth in 1 … {@link #depthCount}
   */
  public ModelSession at(int depth) {
    return open.computeIfAbsent(depth, d -> session.withRandomWeights(d, seed));
  }

  /** Closes the random models. */
  @Override
  public void close() {
    open.values().forEach(ModelSession::close);
    open.clear();
  }
}
