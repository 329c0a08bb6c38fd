package org.attentionflow.cli;

import java.util.List;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.formats.safetensors.SafetensorsWriter;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;

/** The tensors of a capture by the names that Hugging Face's models give them. */
final class CaptureTensors {
  private CaptureTensors() {}

  /** Collects the tensors; nothing is copied but to join the layers. */
  static SafetensorsWriter of(Capture capture) {
    SafetensorsWriter writer = new SafetensorsWriter();
    boolean isPair = capture.decoder().isPresent();
    ids(writer, "input_ids", capture.tokens());
    capture.decoder().ifPresent(tokens -> ids(writer, "decoder_input_ids", tokens));
    writer.floats("logits", FloatTensor.of(capture.logits(), capture.logits().length));
    for (AttentionKind kind : AttentionKind.values()) {
      List<AttentionLayer> layers = capture.attention(kind);
      if (!layers.isEmpty()) {
        attention(writer, name(kind, isPair), layers);
      }
    }
    String states = isPair ? "encoder_hidden_states" : "hidden_states";
    stacked(writer, states, capture.hiddenStates());
    stacked(writer, states + ".grad", capture.hiddenStateGradients());
    return writer;
  }

  private static void ids(SafetensorsWriter writer, String name, TokenSequence tokens) {
    long[] ids = new long[tokens.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tokens.tokens().get(i).id();
    }
    writer.longs(name, ids, ids.length);
  }

  private static String name(AttentionKind kind, boolean isPair) {
    return switch (kind) {
      case ENCODER -> isPair ? "encoder_attentions" : "attentions";
      case DECODER -> isPair ? "decoder_attentions" : "attentions";
      case CROSS -> "cross_attentions";
    };
  }

  private static void attention(
      SafetensorsWriter writer, String name, List<AttentionLayer> layers) {
    stacked(writer, name, layers.stream().map(AttentionLayer::attention).toList());
    stacked(
        writer,
        name + ".grad",
        layers.stream().flatMap(layer -> layer.gradient().stream()).toList());
  }

  /** Joins tensors of one shape along a new first axis. */
  private static void stacked(SafetensorsWriter writer, String name, List<FloatTensor> parts) {
    if (parts.isEmpty()) {
      return;
    }
    int size = parts.get(0).values().length;
    float[] joined = new float[Math.multiplyExact(parts.size(), size)];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i).values(), 0, joined, i * size, size);
    }
    int[] shape = parts.get(0).shape();
    int[] stackedShape = new int[shape.length + 1];
    stackedShape[0] = parts.size();
    System.arraycopy(shape, 0, stackedShape, 1, shape.length);
    writer.floats(name, FloatTensor.of(joined, stackedShape));
  }
}
