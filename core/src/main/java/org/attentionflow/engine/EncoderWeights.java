package org.attentionflow.engine;

import java.util.List;
import org.attentionflow.tensor.FloatTensor;

/**
 * The weights of an encoder classifier whose layer norms stand behind the residual connections:
 * everything between the embedding layer's output and the logits. With x of shape [token, hidden],
 * a layer computes y = norm(x + attention(x)) and z = norm(y + outer(f(inner(y)))); the head reads
 * the first token's z: logits = output(f(dense(z₀))).
 *
 * @param layers the layers in the order they are applied; one can stand in several places
 * @param head the classification head
 */
public record EncoderWeights(List<Layer> layers, Head head) {
  /** Copies the list. */
  public EncoderWeights {
    layers = List.copyOf(layers);
  }

  /** The elementwise functions. */
  public enum Activation {
    /** x Φ(x) with the distribution function Φ of the standard normal distribution. */
    GELU,
    /** The approximation x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))). */
    GELU_TANH,
    /** max(x, 0). */
    RELU,
    /** x / (1 + e⁻ˣ). */
    SILU,
    /** The hyperbolic tangent. */
    TANH
  }

  /**
   * The affine map x Wᵀ + b.
   *
   * @param weight W, [to, from]
   * @param bias b, [to]
   */
  public record Affine(FloatTensor weight, FloatTensor bias) {}

  /**
   * The layer norm (x − mean) / √(variance + ε) · weight + bias, with the variance over the hidden
   * width.
   *
   * @param weight [hidden]
   * @param bias [hidden]
   * @param epsilon ε
   */
  public record Norm(FloatTensor weight, FloatTensor bias, double epsilon) {}

  /**
   * A layer. Head h of the attention uses the h-th of {@code headCount} equal parts of queries,
   * keys and values; the scores are scaled by 1/√(width of a head).
   *
   * @param headCount the number of heads
   * @param query to queries
   * @param key to keys
   * @param value to values
   * @param output from the heads side by side
   * @param attentionNorm behind the attention
   * @param inner from the hidden width to the wide one
   * @param activation f
   * @param outer back to the hidden width
   * @param outputNorm behind the feed-forward network
   */
  public record Layer(
      int headCount,
      Affine query,
      Affine key,
      Affine value,
      Affine output,
      Norm attentionNorm,
      Affine inner,
      Activation activation,
      Affine outer,
      Norm outputNorm) {}

  /**
   * The classification head.
   *
   * @param dense from the first token's hidden state
   * @param activation f
   * @param output to the logits
   */
  public record Head(Affine dense, Activation activation, Affine output) {}
}
