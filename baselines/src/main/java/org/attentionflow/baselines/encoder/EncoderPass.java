package org.attentionflow.baselines.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.EncoderWeights;

/**
 * The forward pass of an encoder classifier in double precision, from the captured output of its
 * embedding layer to the logits, with every intermediate result. It agrees with the engine's pass
 * up to the engine's rounding. Memory: about 12 t·d + 2 t·m + H·t² doubles a layer.
 *
 * @param layers the layers in order
 * @param head the classification head
 * @param first the first token's last hidden state
 * @param active the head behind its function
 * @param logits the logits
 */
public record EncoderPass(
    List<LayerPass> layers,
    EncoderWeights.Head head,
    double[] first,
    double[] active,
    double[] logits) {
  /** Copies the list. */
  public EncoderPass {
    layers = List.copyOf(layers);
  }

  /** Computes the pass of a capture that holds hidden states. */
  public static EncoderPass of(EncoderWeights weights, Capture capture) {
    double[] x = Rows.copy(capture.hiddenStates().get(0));
    int hidden = capture.hiddenStates().get(0).size(1);
    List<LayerPass> layers = new ArrayList<>();
    for (EncoderWeights.Layer layer : weights.layers()) {
      LayerPass pass = LayerPass.of(layer, x);
      layers.add(pass);
      x = pass.z();
    }
    EncoderWeights.Head head = weights.head();
    double[] first = Arrays.copyOf(x, hidden);
    double[] active = Activations.apply(head.activation(), AffineMap.of(head.dense()).apply(first));
    double[] logits = AffineMap.of(head.output()).apply(active);
    return new EncoderPass(layers, head, first, active, logits);
  }
}
