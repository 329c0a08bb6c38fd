package org.attentionflow.huggingface.session;

import java.util.Arrays;
import java.util.List;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;

/**
 * The logits of a batch, and the targets chosen among them. The scalar that is differentiated is
 * the sum of the inputs' targets: an input's gradient does not depend on the others, because no
 * input attends to another.
 */
public final class Logits {
  private Logits() {}

  /**
   * The same rows.
   *
   * @throws UnusableInputException if a number in them is infinite or not a number
   */
  public static List<float[]> finite(List<float[]> rows) {
    for (float[] row : rows) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          throw new UnusableInputException(
              ("The model's logits are " + Arrays.toString(row) + ", not finite numbers.")
                  + " Maybe the weights are damaged, or overflowed when they were converted.");
        }
      }
    }
    return rows;
  }

  /** The target that is meant for each row. */
  public static List<ResolvedTarget> targets(
      List<float[]> rows, Target target, List<String> labels) {
    return rows.stream().map(row -> target.resolve(row, labels)).toList();
  }

  /**
   * d Σ_b y_b / d logits, [batch, class]: 1 for each target's class, -1 for the one it is
   * contrasted with.
   *
   * @param rows the number of rows, of which those behind the targets are zero
   */
  public static float[] direction(List<ResolvedTarget> targets, int rows, int classCount) {
    float[] direction = new float[rows * classCount];
    for (int b = 0; b < targets.size(); b++) {
      ResolvedTarget target = targets.get(b);
      direction[b * classCount + target.index()] = 1;
      if (target.isContrast()) {
        direction[b * classCount + target.against()] = -1;
      }
    }
    return direction;
  }
}
