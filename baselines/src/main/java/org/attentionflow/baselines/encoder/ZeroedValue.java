package org.attentionflow.baselines.encoder;

import org.attentionflow.engine.EncoderWeights;

/** A layer computed again with the value of one token set to zero, all else as it was. */
public final class ZeroedValue {
  private final LayerPass layer;
  private final ValueVectors values;
  private final AffineMap inner;
  private final AffineMap outer;

  private ZeroedValue(LayerPass layer) {
    this.layer = layer;
    this.values = ValueVectors.of(layer);
    this.inner = AffineMap.of(layer.weights().inner());
    this.outer = AffineMap.of(layer.weights().outer());
  }

  /** For a layer. */
  public static ZeroedValue of(LayerPass layer) {
    return new ZeroedValue(layer);
  }

  /** The layer's output, [token, hidden], without the value of one token: O(t · d · m) time. */
  public double[] output(int token) {
    EncoderWeights.Layer weights = layer.weights();
    int hidden = layer.heads().hidden();
    double[] sum = layer.attendedSum().clone();
    for (int i = 0; i < layer.heads().tokenCount(); i++) {
      values.add(i, token, -1, sum, i * hidden);
    }
    double[] y = Rows.norm(sum, weights.attentionNorm());
    double[] active = Activations.apply(weights.activation(), inner.apply(y));
    return Rows.norm(Rows.sum(outer.apply(active), y), weights.outputNorm());
  }
}
