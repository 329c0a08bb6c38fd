package org.attentionflow.baselines.encoder;

import org.attentionflow.attribution.ScoringMemory;
import org.attentionflow.engine.ModelDescription;

/**
 * The memory of an encoder's weights and of a pass through it with the relevance of every layer. A
 * description of a model does not hold the width of the feed-forward networks; the customary four
 * times the hidden width d is assumed.
 */
public final class EncoderMemory {
  private static final int INNER = 4;

  private EncoderMemory() {}

  /** Forecasts the memory for a text. */
  public static ScoringMemory of(ModelDescription model, int tokenCount) {
    long layers = model.layerCount();
    long hidden = model.hiddenSize();
    // Queries, keys, values and output take 4 d², the feed-forward network 8 d²; biases and norms
    // are small against them. A model that uses a layer again has fewer weights than that.
    long weights = Math.min(model.parameterCount(), layers * (4 + 2 * INNER) * hidden * hidden);
    // Of a LayerPass, 10 arrays of t·d without the input, which is the output of the layer before,
    // and two of the inner width; of the relevance, one. Attention and its relevance: 2 H t².
    long rows = (11 + 2 * INNER) * hidden * tokenCount;
    long attention = 2L * model.headCount() * tokenCount * tokenCount;
    return new ScoringMemory(Float.BYTES * weights, Double.BYTES * layers * (rows + attention));
  }
}
