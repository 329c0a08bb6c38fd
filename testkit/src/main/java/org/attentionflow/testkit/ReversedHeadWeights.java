package org.attentionflow.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.attentionflow.engine.EncoderWeights;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.tensor.FloatTensor;

/** A session of the same model with the heads of every layer in the opposite order. */
final class ReversedHeadWeights {
  private ReversedHeadWeights() {}

  /** The session; only the weights it shows differ, for logits do not depend on the order. */
  static ModelSession of(ModelSession session) {
    Object proxy =
        Proxy.newProxyInstance(
            ModelSession.class.getClassLoader(),
            new Class<?>[] {ModelSession.class},
            (self, method, arguments) -> {
              try {
                Object result = method.invoke(session, arguments);
                return result instanceof EncoderWeights weights ? reversed(weights) : result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
    return (ModelSession) proxy;
  }

  private static EncoderWeights reversed(EncoderWeights weights) {
    return new EncoderWeights(
        weights.layers().stream().map(ReversedHeadWeights::reversed).toList(), weights.head());
  }

  private static EncoderWeights.Layer reversed(EncoderWeights.Layer layer) {
    int heads = layer.headCount();
    return new EncoderWeights.Layer(
        heads,
        outputs(layer.query(), heads),
        outputs(layer.key(), heads),
        outputs(layer.value(), heads),
        new EncoderWeights.Affine(columns(layer.output().weight(), heads), layer.output().bias()),
        layer.attentionNorm(),
        layer.inner(),
        layer.activation(),
        layer.outer(),
        layer.outputNorm());
  }

  /** Heads are equal parts of the rows and of the bias. */
  private static EncoderWeights.Affine outputs(EncoderWeights.Affine affine, int heads) {
    return new EncoderWeights.Affine(
        parts(affine.weight(), heads, affine.weight().values().length),
        parts(affine.bias(), heads, affine.bias().values().length));
  }

  /** Heads are equal parts of every row. */
  private static FloatTensor columns(FloatTensor weight, int heads) {
    return parts(weight, heads, weight.size(1));
  }

  /** Reverses the order of equal parts within each stretch of a length. */
  private static FloatTensor parts(FloatTensor tensor, int count, int length) {
    float[] from = tensor.values();
    float[] to = new float[from.length];
    int part = length / count;
    for (int start = 0; start < from.length; start += length) {
      for (int h = 0; h < count; h++) {
        System.arraycopy(from, start + h * part, to, start + (count - 1 - h) * part, part);
      }
    }
    return FloatTensor.of(to, tensor.shape());
  }
}
