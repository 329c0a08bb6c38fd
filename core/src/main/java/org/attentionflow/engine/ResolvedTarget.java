package org.attentionflow.engine;

/**
 * A target whose classes are known: y = logits[index], or logits[index] − logits[against].
 *
 * @param index the class that is explained
 * @param against the class it is contrasted with, or {@link #NONE}
 */
public record ResolvedTarget(int index, int against) {
  /** The value of {@code against} without a contrast. */
  public static final int NONE = -1;

  /** Whether the target is a difference of two logits. */
  public boolean isContrast() {
    return against != NONE;
  }

  /** The target's value y for given logits. */
  public double value(float[] logits) {
    return isContrast() ? (double) logits[index] - logits[against] : logits[index];
  }

  /** The same target for another input, whatever the model predicts there. */
  public Target asTarget() {
    return isContrast() ? new Target.Contrast(index + "/" + against) : new Target.Index(index);
  }
}
