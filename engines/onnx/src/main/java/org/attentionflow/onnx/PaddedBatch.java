package org.attentionflow.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.onnx.graph.ElementType;
import org.attentionflow.onnx.graph.NativeRuntime;
import org.attentionflow.onnx.graph.Value;
import org.attentionflow.token.TokenSequence;

/**
 * Inputs as a graph takes them, [batch, token], filled up to the longest, or to the length the
 * graph was exported for.
 */
final class PaddedBatch {
  private final List<TokenSequence> inputs;
  private final List<BitSet> unattended;
  private final InputLimits limits;
  private final int width;

  /**
   * Prepares a batch.
   *
   * @param fixedWidth the length that the graph was exported for; 0 if it takes any
   */
  PaddedBatch(List<TokenSequence> inputs, InputLimits limits, int fixedWidth) {
    this(inputs, inputs.stream().map(input -> new BitSet()).toList(), limits, fixedWidth);
  }

  /**
   * Prepares a batch in which no token attends to some.
   *
   * @param unattended per input the indices of tokens that no token attends to
   * @param fixedWidth the length that the graph was exported for; 0 if it takes any
   */
  PaddedBatch(
      List<TokenSequence> inputs, List<BitSet> unattended, InputLimits limits, int fixedWidth) {
    this.inputs = inputs;
    this.unattended = unattended;
    this.limits = limits;
    int longest = inputs.stream().mapToInt(TokenSequence::size).max().orElseThrow();
    this.width = fixedWidth > 0 ? fixedWidth : longest;
  }

  /** The number of tokens of each input. */
  int[] lengths() {
    return inputs.stream().mapToInt(TokenSequence::size).toArray();
  }

  /** Adds the inputs of the graph to those of a run. */
  void addTo(Map<String, OnnxTensor> feed, InputRoles roles) throws OrtException {
    for (Map.Entry<InputRole, Value> entry : roles.all().entrySet()) {
      Value input = entry.getValue();
      feed.put(input.name(), tensor(values(entry.getKey()), input));
    }
  }

  private long[] values(InputRole role) {
    long[] values = new long[inputs.size() * width];
    for (int b = 0; b < inputs.size(); b++) {
      TokenSequence input = inputs.get(b);
      int[] ids = input.ids();
      long[] positions = role == InputRole.POSITIONS ? limits.positions(ids) : new long[0];
      for (int t = 0; t < ids.length; t++) {
        values[b * width + t] =
            switch (role) {
              case IDS -> ids[t];
              case MASK -> unattended.get(b).get(t) ? 0 : 1;
              case SEGMENTS -> input.segments().get(t);
              case POSITIONS -> positions[t];
            };
      }
    }
    return values;
  }

  private OnnxTensor tensor(long[] values, Value input) throws OrtException {
    OrtEnvironment environment = NativeRuntime.environment();
    ElementType type = input.type();
    int byteCount = type.byteCount();
    ByteBuffer memory =
        ByteBuffer.allocateDirect(values.length * byteCount).order(ByteOrder.nativeOrder());
    for (long value : values) {
      switch (type) {
        case INT64 -> memory.putLong(value);
        case INT32 -> memory.putInt((int) value);
        case FLOAT -> memory.putFloat(value);
        case BOOL -> memory.put((byte) value);
        default ->
            throw new UnusableInputException(
                "The input " + input + " has the type " + type + ", which is not supported.");
      }
    }
    memory.flip();
    long[] shape = {inputs.size(), width};
    return switch (type) {
      case INT64 -> OnnxTensor.createTensor(environment, memory.asLongBuffer(), shape);
      case INT32 -> OnnxTensor.createTensor(environment, memory.asIntBuffer(), shape);
      case FLOAT -> OnnxTensor.createTensor(environment, memory.asFloatBuffer(), shape);
      default -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.BOOL);
    };
  }
}
