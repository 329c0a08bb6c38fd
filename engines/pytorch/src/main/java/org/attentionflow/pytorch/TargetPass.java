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
import org.attentionflow.huggingface.session.Logits;

/**
 * The logits of a batch and the targets chosen among them; see {@link Logits}.
 *
 * @param output [batch, class], native
 * @param logits the same, one array per input
 * @param targets one per input
 */
record TargetPass(PtNDArray output, List<float[]> logits, List<ResolvedTarget> targets) {
  /** Reads the logits and finds the targets that a request means. */
  static TargetPass of(PtNDArray output, CaptureRequest request, List<String> labels) {
    List<float[]> logits = Logits.finite(rows(output));
    return new TargetPass(output, logits, Logits.targets(logits, request.target(), labels));
  }

  /** Starts the backward pass. */
  void backward(NDManager manager) {
    Shape shape = output.getShape();
    float[] direction = Logits.direction(targets, targets.size(), (int) shape.get(1));
    JniUtils.backward(output, (PtNDArray) manager.create(direction, shape), false, false);
  }

  private static List<float[]> rows(PtNDArray output) {
    float[] values = output.toFloatArray();
    int classCount = (int) output.getShape().get(1);
    List<float[]> rows = new ArrayList<>();
    for (int from = 0; from < values.length; from += classCount) {
      rows.add(Arrays.copyOfRange(values, from, from + classCount));
    }
    return rows;
  }
}
