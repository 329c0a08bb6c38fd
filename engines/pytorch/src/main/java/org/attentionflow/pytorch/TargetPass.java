package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.failure.UnusableInputException;

/**
 * The logits of a batch and the targets chosen among them. The scalar that is differentiated is the
 * sum of the inputs' targets: an input's gradient does not depend on the others, because no input
 * attends to another.
 *
 * @param output [batch, class], native
 * @param logits the same, one array per input
 * @param targets one per input
 */
record TargetPass(PtNDArray output, List<float[]> logits, List<ResolvedTarget> targets) {
  /** Reads the logits and finds the targets that a request means. */
  static TargetPass of(PtNDArray output, CaptureRequest request, List<String> labels) {
    List<float[]> logits = rows(output);
    return new TargetPass(
        output, logits, logits.stream().map(row -> request.target().resolve(row, labels)).toList());
  }

  /** Starts the backward pass. */
  void backward(NDManager manager) {
    // d Σ_b y_b / d logits: 1 for each target's class, -1 for the one it is contrasted with.
    Shape shape = output.getShape();
    int classCount = (int) shape.get(1);
    float[] direction = new float[targets.size() * classCount];
    for (int b = 0; b < targets.size(); b++) {
      ResolvedTarget target = targets.get(b);
      direction[b * classCount + target.index()] = 1;
      if (target.isContrast()) {
        direction[b * classCount + target.against()] = -1;
      }
    }
    JniUtils.backward(output, (PtNDArray) manager.create(direction, shape), false, false);
  }

  private static List<float[]> rows(PtNDArray output) {
    float[] values = output.toFloatArray();
    int classCount = (int) output.getShape().get(1);
    List<float[]> rows = new ArrayList<>();
    for (int from = 0; from < values.length; from += classCount) {
      float[] row = Arrays.copyOfRange(values, from, from + classCount);
      for (float value : row) {
        if (!Float.isFinite(value)) {
          throw new UnusableInputException(
              ("The model's logits are " + Arrays.toString(row) + ", not finite numbers.")
                  + " Maybe the weights are damaged, or overflowed when they were converted.");
        }
      }
      rows.add(row);
    }
    return rows;
  }
}
