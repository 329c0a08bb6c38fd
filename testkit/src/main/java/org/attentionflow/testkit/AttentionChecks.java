package org.attentionflow.testkit;

import java.util.List;
import java.util.Locale;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;

/** Checks of captured attention. */
final class AttentionChecks {
  /** 2⁻²³: the distance from 1 to the next 32-bit float. */
  private static final double FLOAT_STEP = Math.ulp(1f);

  private AttentionChecks() {}

  /** Checks every layer of one kind: probabilities, rows that sum to 1, finite gradients. */
  static void check(AttentionKind kind, List<AttentionLayer> layers) {
    for (int layer = 0; layer < layers.size(); layer++) {
      checkLayer(kind, layer, layers.get(layer));
    }
  }

  private static void checkLayer(AttentionKind kind, int layer, AttentionLayer attention) {
    int keys = attention.keyCount();
    // Every quotient of a softmax in floats is off by a few steps, and so is their divisor.
    double tolerance = FLOAT_STEP * (keys + 8);
    float[] values = attention.attention().values();
    for (int head = 0, at = 0; head < attention.headCount(); head++) {
      for (int query = 0; query < attention.queryCount(); query++) {
        String where = where(kind, layer, head, query);
        double sum = 0;
        for (int key = 0; key < keys; key++, at++) {
          float value = values[at];
          String element = where + " key " + key;
          Checks.that(
              value >= 0 && value <= 1 + tolerance,
              () -> element + " is " + value + ", not a probability.");
          sum += value;
        }
        double total = sum;
        Checks.that(
            Math.abs(total - 1) <= tolerance,
            () ->
                String.format(
                    Locale.ROOT,
                    "%s sums to %.4g, not 1. Maybe it was taken before the softmax, or from a fused"
                        + " kernel.",
                    where,
                    total));
      }
    }
    attention.gradient().ifPresent(gradient -> checkGradient(kind, layer, gradient.values()));
  }

  private static void checkGradient(AttentionKind kind, int layer, float[] gradient) {
    for (float value : gradient) {
      Checks.that(
          Float.isFinite(value),
          () -> "The gradient of layer " + layer + " of the " + words(kind) + " holds " + value);
    }
  }

  private static String where(AttentionKind kind, int layer, int head, int query) {
    return "layer " + layer + " head " + head + " row " + query + " of the " + words(kind);
  }

  private static String words(AttentionKind kind) {
    return kind == AttentionKind.CROSS ? "cross attention" : "attention";
  }
}
