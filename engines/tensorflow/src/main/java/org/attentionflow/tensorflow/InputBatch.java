package org.attentionflow.tensorflow;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<TensorName, TType> tensors = new HashMap<>();
  private final int rows;
  private final int width;

  /**
   * Fills the tensors.
   *
   * @param paddingId the id that stands where an input has ended
   */
  InputBatch(List<TokenSequence> inputs, GraphSignature signature, int paddingId) {
    this(inputs, new BitSet(), signature, paddingId);
  }

  /**
   * The same when no token attends to some.
   *
   * @param unattended their indices, the same for every input
   */
  InputBatch(
      List<TokenSequence> inputs, BitSet unattended, GraphSignature signature, int paddingId) {
    int longest = inputs.stream().mapToInt(TokenSequence::size).max().orElseThrow();
    width = Math.max(longest, signature.tokenCount());
    rows = Math.max(inputs.size(), signature.batchSize());
    List<TokenSequence> filled = new ArrayList<>(inputs);
    while (filled.size() < rows) {
      filled.add(inputs.get(0));
    }
    signature
        .inputs()
        .forEach(
            (role, input) ->
                tensors.put(
                    input.tensor(),
                    tensor(values(role, filled, unattended, paddingId), input.wide())));
  }

  /** Feeds a run with the tensors. */
  void feed(Session.Runner runner) {
    tensors.forEach((name, tensor) -> runner.feed(name.node(), name.index(), tensor));
  }

  /** The number of rows, at least that of the inputs. */
  int rows() {
    return rows;
  }

  /** The number of tokens in a row, padding included. */
  int width() {
    return width;
  }

  private int[] values(
      InputRole role, List<TokenSequence> inputs, BitSet unattended, int paddingId) {
    int[] values = new int[rows * width];
    for (int b = 0; b < rows; b++) {
      TokenSequence input = inputs.get(b);
      int[] ids = input.ids();
      for (int t = 0; t < width; t++) {
        boolean inside = t < ids.length;
        values[b * width + t] =
            switch (role) {
              case IDS -> inside ? ids[t] : paddingId;
              case MASK -> inside && !unattended.get(t) ? 1 : 0;
              case SEGMENTS -> inside ? input.segments().get(t) : 0;
            };
      }
    }
    return values;
  }

  private TType tensor(int[] values, boolean wide) {
    Shape shape = Shape.of(rows, width);
    if (!wide) {
      return TInt32.tensorOf(shape, DataBuffers.of(values, true, false));
    }
    long[] longs = new long[values.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = values[i];
    }
    return TInt64.tensorOf(shape, DataBuffers.of(longs, true, false));
  }

  @Override
  public void close() {
    tensors.values().forEach(TType::close);
  }
}
