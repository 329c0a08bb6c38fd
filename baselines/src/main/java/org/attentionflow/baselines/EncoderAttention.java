package org.attentionflow.baselines;

import java.util.List;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.FloatTensor;

/** The attention of an encoder, which is read in the row of its first token, [CLS]. */
public final class EncoderAttention {
  /** The token whose last hidden state the classifier reads. */
  public static final int CLASSIFIER = 0;

  private EncoderAttention() {}

  /**
   * The layers, first layer first.
   *
   * @throws UnusableInputException if the model is not an encoder
   */
  public static List<AttentionLayer> layers(Capture capture) {
    List<AttentionLayer> layers = capture.attention(AttentionKind.ENCODER);
    if (layers.isEmpty() || capture.attention().size() > 1) {
      throw new UnusableInputException(
          "The method reads an encoder's attention; the model has "
              + (capture.attention().isEmpty() ? "none" : "" + capture.attention().keySet())
              + ". Maybe choose another method.");
    }
    return layers;
  }

  /** The last layer. */
  public static AttentionLayer last(Capture capture) {
    List<AttentionLayer> layers = layers(capture);
    return layers.get(layers.size() - 1);
  }

  /** The mean over the heads of a tensor [head, query, key], as [query, key]. */
  public static double[] headMean(FloatTensor tensor) {
    int size = tensor.size(1) * tensor.size(2);
    double[] mean = new double[size];
    float[] values = tensor.values();
    for (int h = 0; h < tensor.size(0); h++) {
      for (int i = 0; i < size; i++) {
        mean[i] += values[h * size + i];
      }
    }
    for (int i = 0; i < size; i++) {
      mean[i] /= tensor.size(0);
    }
    return mean;
  }
}
