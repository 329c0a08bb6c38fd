package org.attentionflow.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.IdentityHashMap;
import java.util.Map;
import org.attentionflow.engine.EncoderWeights;
import org.attentionflow.tensor.FloatTensor;

/** Copies the weights of a network out of native memory; layers that are shared stay shared. */
final class WeightCopy {
  private WeightCopy() {}

  /** The weights behind the embeddings. */
  static EncoderWeights of(EncoderClassifier network) {
    Map<EncoderLayer, EncoderWeights.Layer> copies = new IdentityHashMap<>();
    ClassifierHead head = network.head();
    return new EncoderWeights(
        network.layers().stream()
            .map(layer -> copies.computeIfAbsent(layer, WeightCopy::layer))
            .toList(),
        new EncoderWeights.Head(
            affine(head.dense()), activation(head.activation()), affine(head.output())));
  }

  private static EncoderWeights.Layer layer(EncoderLayer layer) {
    SelfAttention attention = layer.attention();
    FeedForward forward = layer.feedForward();
    return new EncoderWeights.Layer(
        attention.headCount(),
        affine(attention.query()),
        affine(attention.key()),
        affine(attention.value()),
        affine(attention.output()),
        norm(layer.attentionNorm()),
        affine(forward.in()),
        activation(forward.activation()),
        affine(forward.out()),
        norm(layer.outputNorm()));
  }

  private static EncoderWeights.Affine affine(Linear linear) {
    return new EncoderWeights.Affine(copy(linear.weight()), copy(linear.bias()));
  }

  private static EncoderWeights.Norm norm(LayerNorm norm) {
    return new EncoderWeights.Norm(copy(norm.weight()), copy(norm.bias()), norm.epsilon());
  }

  private static EncoderWeights.Activation activation(Activation activation) {
    return EncoderWeights.Activation.valueOf(activation.name());
  }

  private static FloatTensor copy(PtNDArray tensor) {
    long[] shape = tensor.getShape().getShape();
    int[] sizes = new int[shape.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.toIntExact(shape[i]);
    }
    return FloatTensor.of(tensor.toFloatArray(), sizes);
  }
}
