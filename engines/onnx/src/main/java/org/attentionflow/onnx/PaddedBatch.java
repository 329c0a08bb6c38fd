package org.attentionflow.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.session.InputRole;
import org.attentionflow.huggingface.session.PaddedInputs;
import org.attentionflow.onnx.graph.ElementType;
import org.attentionflow.onnx.graph.NativeRuntime;
import org.attentionflow.onnx.graph.Value;

/** A padded batch as the inputs of a graph. */
final class PaddedBatch {
  private final PaddedInputs inputs;

  PaddedBatch(PaddedInputs inputs) {
    this.inputs = inputs;
  }

  /** Adds the inputs of the graph to those of a run. */
  void addTo(Map<String, OnnxTensor> feed, InputRoles roles) throws OrtException {
    for (Map.Entry<InputRole, Value> entry : roles.all().entrySet()) {
      Value input = entry.getValue();
      feed.put(input.name(), tensor(inputs.values(entry.getKey()), input));
    }
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
    long[] shape = {inputs.rows(), inputs.width()};
    return switch (type) {
      case INT64 -> OnnxTensor.createTensor(environment, memory.asLongBuffer(), shape);
      case INT32 -> OnnxTensor.createTensor(environment, memory.asIntBuffer(), shape);
      case FLOAT -> OnnxTensor.createTensor(environment, memory.asFloatBuffer(), shape);
      default -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.BOOL);
    };
  }
}
