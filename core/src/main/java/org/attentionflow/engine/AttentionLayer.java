package org.attentionflow.engine;

import java.util.Arrays;
import java.util.Optional;
import org.attentionflow.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * The attention of one layer and, if it was asked for, the target's gradient with respect to it.
 * Both have the shape [head, query, key].
 */
public final class AttentionLayer {
  private final FloatTensor attention;
  private final @Nullable FloatTensor gradient;

  private AttentionLayer(FloatTensor attention, @Nullable FloatTensor gradient) {
    this.attention = attention;
    this.gradient = gradient;
    if (attention.rank() != 3) {
      throw new IllegalArgumentException(
          "Attention needs the shape [head, query, key], not "
              + Arrays.toString(attention.shape())
              + ".");
    }
    if (gradient != null && !Arrays.equals(gradient.shape(), attention.shape())) {
      throw new IllegalArgumentException(
          "The gradient has the shape "
              + Arrays.toString(gradient.shape())
              + ", its attention "
              + Arrays.toString(attention.shape())
              + ".");
    }
  }

  /** A layer without gradient. */
  public static AttentionLayer of(FloatTensor attention) {
    return new AttentionLayer(attention, null);
  }

  /** A layer with its gradient, which must have the shape of the attention. */
  public static AttentionLayer of(FloatTensor attention, FloatTensor gradient) {
    return new AttentionLayer(attention, gradient);
  }

  /** The attention, [head, query, key]; each row over the keys sums to 1. */
  public FloatTensor attention() {
    return attention;
  }

  /** The gradient, [head, query, key], if it was captured. */
  public Optional<FloatTensor> gradient() {
    return Optional.ofNullable(gradient);
  }

  /** The number of heads. */
  public int headCount() {
    return attention.size(0);
  }

  /** The number of query tokens. */
  public int queryCount() {
    return attention.size(1);
  }

  /** The number of key tokens. */
  public int keyCount() {
    return attention.size(2);
  }
}
