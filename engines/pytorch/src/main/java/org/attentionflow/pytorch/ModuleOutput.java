package org.attentionflow.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.List;
import java.util.Optional;
import org.attentionflow.failure.UnusableInputException;

/** Finds the logits in what a TorchScript module returns. */
final class ModuleOutput {
  private ModuleOutput() {}

  /**
   * The logits: the entry {@code logits} of a dictionary, or the first tensor that is [batch,
   * class] or [batch, token, vocabulary].
   *
   * @param outputs the tensors the module returns, those of a dictionary with their names
   * @throws UnusableInputException if there is none
   */
  static PtNDArray logits(String archive, List<NDArray> outputs, int batchSize) {
    boolean named = outputs.stream().anyMatch(output -> output.getName() != null);
    Optional<NDArray> logits =
        outputs.stream()
            .filter(output -> !named || "logits".equals(output.getName()))
            .filter(output -> isLogits(output, batchSize))
            .findFirst();
    return (PtNDArray)
        logits.orElseThrow(
            () ->
                new UnusableInputException(
                    ("The TorchScript archive " + archive + " returns no logits. Maybe trace a")
                        + " model with a classification head."));
  }

  private static boolean isLogits(NDArray output, int batchSize) {
    Shape shape = output.getShape();
    return (shape.dimension() == 2 || shape.dimension() == 3)
        && shape.get(0) == batchSize
        && shape.get(shape.dimension() - 1) > 0
        && output.getDataType().isFloating();
  }
}
