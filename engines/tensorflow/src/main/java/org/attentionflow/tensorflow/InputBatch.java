package org.attentionflow.tensorflow;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.session.InputRole;
import org.attentionflow.huggingface.session.PaddedInputs;
import org.attentionflow.token.TokenSequence;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Inputs as a graph takes them, [batch, token], filled up to the longest, or to the sizes the graph
 * was saved with; rows that the graph needs beyond the inputs repeat the first one.
 */
final class InputBatch implements AutoCloseable {
  private final Map<TensorName, TType> tensors;
  private final PaddedInputs padded;

  /**
   * Fills the tensors.
   *
   * @param unattended the tokens that no token attends to, the same for every input
   * @param limits how positions are counted
   * @param paddingId the id that stands where an input has ended
   */
  InputBatch(
      List<TokenSequence> inputs,
      BitSet unattended,
      GraphSignature signature,
      InputLimits limits,
      int paddingId) {
    int rows = Math.max(inputs.size(), signature.batchSize());
    int width = Math.max(PaddedInputs.longest(inputs), signature.tokenCount());
    padded = new PaddedInputs(inputs, unattended, limits, paddingId, rows, width);
    tensors = each(signature.inputs(), (role, input) -> tensor(padded, padded.values(role), input));
  }

  /**
   * A tensor for each input; if one cannot be made, those before it are closed.
   *
   * @param make makes the tensor of an input
   */
  static Map<TensorName, TType> each(
      Map<InputRole, GraphInput> inputs, BiFunction<InputRole, GraphInput, TType> make) {
    Map<TensorName, TType> made = new HashMap<>();
    boolean isComplete = false;
    try {
      inputs.forEach((role, input) -> made.put(input.tensor(), make.apply(role, input)));
      isComplete = true;
      return made;
    } finally {
      if (!isComplete) {
        made.values().forEach(TType::close);
      }
    }
  }

  /** Feeds a run with the tensors. */
  void feed(Session.Runner runner) {
    tensors.forEach((name, tensor) -> runner.feed(name.node(), name.index(), tensor));
  }

  /** The number of rows, at least that of the inputs. */
  int rows() {
    return padded.rows();
  }

  /** The number of tokens in a row, padding included. */
  int width() {
    return padded.width();
  }

  /** The number of tokens of each input. */
  int[] lengths() {
    return padded.lengths();
  }

  private static TType tensor(PaddedInputs padded, long[] values, GraphInput input) {
    Shape shape = Shape.of(padded.rows(), padded.width());
    if (input.wide()) {
      return TInt64.tensorOf(shape, DataBuffers.of(values, true, false));
    }
    int[] narrow = Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    return TInt32.tensorOf(shape, DataBuffers.of(narrow, true, false));
  }

  @Override
  public void close() {
    tensors.values().forEach(TType::close);
  }
}
