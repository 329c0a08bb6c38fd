package org.attentionflow.huggingface.session;

import java.util.function.Function;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the attention of each layer of each input, and on which threads.
 *
 * @param <L> what is kept of a layer
 */
public final class LayerKeeping<L> {
  private final Function<AttentionLayer, L> keep;
  private final boolean passing;
  private final LayerThreads threads;

  private LayerKeeping(Function<AttentionLayer, L> keep, boolean passing, LayerThreads threads) {
    this.keep = keep;
    this.passing = passing;
    this.threads = threads;
  }

  /** What a function of each layer gives is kept; the calling thread does all of it. */
  public static <L> LayerKeeping<L> of(Function<AttentionLayer, L> keep) {
    return new LayerKeeping<>(keep, false, new LayerThreads(1));
  }

  /** Layers are kept as they are. */
  static LayerKeeping<AttentionLayer> whole(LayerThreads threads) {
    return new LayerKeeping<>(layer -> layer, false, threads);
  }

  /** Something is made of each layer, and its arrays are needed no longer. */
  static <L> LayerKeeping<L> reduced(Function<AttentionLayer, L> reduction, LayerThreads threads) {
    return new LayerKeeping<>(reduction, true, threads);
  }

  /** What is kept of a layer. */
  L keep(AttentionLayer layer) {
    return threads.call(() -> keep.apply(layer));
  }

  /** Copies one input's part of a layer and keeps what is to be kept of it. */
  L keep(NativeLayer source, int input, int length, Arrays arrays) {
    return threads.call(
        () -> {
          @Nullable PaddedTensor slopes = source.gradient();
          int count = source.headCount() * length * length;
          FloatTensor values =
              source.attention().attention(input, length, source, arrays.first(count));
          return keep.apply(
              slopes == null
                  ? AttentionLayer.of(values)
                  : AttentionLayer.of(
                      values, slopes.attention(input, length, source, arrays.second(count))));
        });
  }

  /** Where the layers of one call are copied to. */
  Arrays arrays() {
    return new Arrays(passing);
  }

  /** Arrays for the attention and the gradient of one layer after the other. */
  static final class Arrays {
    private final boolean reused;
    private float[] first = new float[0];
    private float[] second = new float[0];

    private Arrays(boolean reused) {
      this.reused = reused;
    }

    /** An array for the attention; overwritten by the next call if arrays are reused. */
    float[] first(int count) {
      first = next(first, count);
      return first;
    }

    /** The same for the gradient. */
    float[] second(int count) {
      second = next(second, count);
      return second;
    }

    private float[] next(float[] before, int count) {
      return reused && before.length == count ? before : new float[count];
    }
  }
}
