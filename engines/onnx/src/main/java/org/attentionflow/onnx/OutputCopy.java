package org.attentionflow.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.FloatTensor;

/** Copies outputs of a padded batch into one array per input, without the padding. */
final class OutputCopy {
  private final OrtSession.Result result;
  private final int[] lengths;

  OutputCopy(OrtSession.Result result, int[] lengths) {
    this.result = result;
    this.lengths = lengths;
  }

  /** [batch, class] as one row per input. */
  List<float[]> rows(String name) throws OrtException {
    OnnxTensor tensor = tensor(name);
    long[] shape = shape(name, tensor, 2);
    FloatBuffer source = tensor.getFloatBuffer();
    List<float[]> rows = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      float[] row = new float[(int) shape[1]];
      source.get(b * row.length, row);
      rows.add(row);
    }
    return rows;
  }

  /**
   * [batch, head, query, key] or [batch · head, query, key] as one [head, query, key] per input.
   */
  List<FloatTensor> attention(String name) throws OrtException {
    OnnxTensor tensor = tensor(name);
    long[] shape = tensor.getInfo().getShape();
    long heads = shape.length == 4 ? shape[1] : shape[0] / Math.max(1, lengths.length);
    int width = (int) shape[shape.length - 1];
    boolean fits =
        (shape.length == 4 ? shape[0] : shape[0] / Math.max(1, heads)) == lengths.length
            && shape[shape.length - 2] == width
            && Arrays.stream(lengths).allMatch(length -> length <= width);
    if (!fits || heads < 1) {
      throw wrongShape(name, shape, "[batch, head, query, key]");
    }
    int headCount = (int) heads;
    FloatBuffer source = tensor.getFloatBuffer();
    List<FloatTensor> copies = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      int n = lengths[b];
      if (n == width && lengths.length == 1 && source.hasArray()) {
        // The only input: the copy of the library is the result.
        return List.of(FloatTensor.of(source.array(), headCount, n, n));
      }
      float[] values = new float[headCount * n * n];
      if (n == width) {
        source.get(b * values.length, values);
      } else {
        for (int head = 0; head < headCount; head++) {
          for (int query = 0; query < n; query++) {
            int from = ((b * headCount + head) * width + query) * width;
            source.get(from, values, (head * n + query) * n, n);
          }
        }
      }
      copies.add(FloatTensor.of(values, headCount, n, n));
    }
    return copies;
  }

  /** [batch, token, width] as one [token, width] per input. */
  List<FloatTensor> vectors(String name) throws OrtException {
    OnnxTensor tensor = tensor(name);
    long[] shape = shape(name, tensor, 3);
    int tokens = (int) shape[1];
    int width = (int) shape[2];
    FloatBuffer source = tensor.getFloatBuffer();
    List<FloatTensor> copies = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      if (lengths[b] > tokens) {
        throw wrongShape(name, shape, "[batch, token, width]");
      }
      float[] values = new float[lengths[b] * width];
      source.get(b * tokens * width, values);
      copies.add(FloatTensor.of(values, lengths[b], width));
    }
    return copies;
  }

  private long[] shape(String name, OnnxTensor tensor, int rank) {
    long[] shape = tensor.getInfo().getShape();
    if (shape.length != rank || shape[0] != lengths.length) {
      throw wrongShape(name, shape, "[batch, …] with " + rank + " axes");
    }
    return shape;
  }

  private UnusableInputException wrongShape(String name, long[] shape, String wanted) {
    return new UnusableInputException(
        ("The output " + name + " of the graph has the shape " + Arrays.toString(shape))
            + (" for " + lengths.length + " inputs, not " + wanted + "."));
  }

  private OnnxTensor tensor(String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }
}
