package org.attentionflow.baselines.encoder;

import org.attentionflow.engine.EncoderWeights;

/**
 * One layer of an encoder computed in double precision, with everything on the way. With t tokens,
 * width d, H heads and inner width m:
 *
 * @param weights the weights
 * @param x the layer's input, [t, d]
 * @param query queries, [t, d]; head h has columns h·d/H to (h + 1)·d/H
 * @param key keys, likewise
 * @param value values, likewise
 * @param attention [H, t, t]
 * @param mixed the heads' outputs A V side by side, [t, d]
 * @param attended the attention's output behind its last map, [t, d]
 * @param attendedSum attended + x, before the norm
 * @param y behind the attention's norm
 * @param inner the feed-forward network before its function, [t, m]
 * @param active behind its function, [t, m]
 * @param forward the feed-forward network's output, [t, d]
 * @param forwardSum forward + y, before the norm
 * @param z the layer's output, [t, d]
 */
public record LayerPass(
    EncoderWeights.Layer weights,
    double[] x,
    double[] query,
    double[] key,
    double[] value,
    double[] attention,
    double[] mixed,
    double[] attended,
    double[] attendedSum,
    double[] y,
    double[] inner,
    double[] active,
    double[] forward,
    double[] forwardSum,
    double[] z) {

  /** Computes a layer for an input [t, d]. */
  static LayerPass of(EncoderWeights.Layer weights, double[] x) {
    double[] query = AffineMap.of(weights.query()).apply(x);
    double[] key = AffineMap.of(weights.key()).apply(x);
    double[] value = AffineMap.of(weights.value()).apply(x);
    HeadShape heads = HeadShape.of(weights, x);
    double[] attention = heads.attention(query, key);
    double[] mixed = heads.mix(attention, value);
    double[] attended = AffineMap.of(weights.output()).apply(mixed);
    double[] attendedSum = Rows.sum(attended, x);
    double[] y = Rows.norm(attendedSum, weights.attentionNorm());
    double[] inner = AffineMap.of(weights.inner()).apply(y);
    double[] active = Activations.apply(weights.activation(), inner);
    double[] forward = AffineMap.of(weights.outer()).apply(active);
    double[] forwardSum = Rows.sum(forward, y);
    double[] z = Rows.norm(forwardSum, weights.outputNorm());
    return new LayerPass(
        weights,
        x,
        query,
        key,
        value,
        attention,
        mixed,
        attended,
        attendedSum,
        y,
        inner,
        active,
        forward,
        forwardSum,
        z);
  }

  /** The sizes of the attention. */
  public HeadShape heads() {
    return HeadShape.of(weights, x);
  }
}
