package org.attentionflow.engine;

import java.util.EnumSet;
import java.util.Set;

/**
 * What to capture of a forward and backward pass.
 *
 * @param target the scalar that is differentiated
 * @param quantities what to return; the logits always come
 */
public record CaptureRequest(Target target, Set<Quantity> quantities) {
  /** Copies the set. */
  public CaptureRequest {
    quantities = Set.copyOf(quantities);
  }

  /** Asks for attention and its gradient. */
  public static CaptureRequest attentionAndGradient(Target target) {
    return new CaptureRequest(target, EnumSet.of(Quantity.ATTENTION, Quantity.ATTENTION_GRADIENT));
  }

  /** Whether a quantity is asked for. */
  public boolean wants(Quantity quantity) {
    return quantities.contains(quantity);
  }

  /** Whether anything asked for needs a backward pass. */
  public boolean wantsGradients() {
    return wants(Quantity.ATTENTION_GRADIENT)
        || wants(Quantity.HIDDEN_STATE_GRADIENT)
        || wants(Quantity.EMBEDDING_GRADIENT);
  }
}
