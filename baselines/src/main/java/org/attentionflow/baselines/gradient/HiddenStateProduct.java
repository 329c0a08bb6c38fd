package org.attentionflow.baselines.gradient;

import org.attentionflow.engine.Capture;
import org.attentionflow.tensor.FloatTensor;

/** Products of vectors with their gradients. */
final class HiddenStateProduct {
  private HiddenStateProduct() {}

  /** Σ over the width of h ∘ ∂y/∂h, per token, for the input of a layer. */
  static double[] ofLayerInput(Capture capture, int layer) {
    return perToken(capture.hiddenStates().get(layer), capture.hiddenStateGradients().get(layer));
  }

  /** Σ over the width of the elementwise product of two tensors [token, width]. */
  static double[] perToken(FloatTensor left, FloatTensor right) {
    int width = left.size(1);
    double[] products = new double[left.size(0)];
    for (int i = 0; i < products.length; i++) {
      double sum = 0;
      for (int d = 0; d < width; d++) {
        sum += (double) left.values()[i * width + d] * right.values()[i * width + d];
      }
      products[i] = sum;
    }
    return products;
  }

  /** √ of the sum of squares over the width, per token. */
  static double[] norms(double[] vectors, int tokenCount) {
    int width = vectors.length / tokenCount;
    double[] norms = new double[tokenCount];
    for (int i = 0; i < tokenCount; i++) {
      double sum = 0;
      for (int d = 0; d < width; d++) {
        sum += vectors[i * width + d] * vectors[i * width + d];
      }
      norms[i] = Math.sqrt(sum);
    }
    return norms;
  }
}
