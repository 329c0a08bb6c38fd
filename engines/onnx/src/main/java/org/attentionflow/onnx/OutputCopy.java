package org.attentionflow.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.session.PaddedTensor;
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
  List<float[]> rows(String name) {
    OnnxTensor tensor = tensor(name);
    long[] shape = shape(name, tensor, 2);
    PaddedTensor source = PaddedTensor.of(tensor.getFloatBuffer());
    List<float[]> rows = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      rows.add(source.row(b, (int) shape[1]));
    }
    return rows;
  }

  /**
   * [batch, head, query, key] or [batch · head, query, key] as one [head, query, key] per input.
   */
  List<FloatTensor> attention(String name) {
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
    FloatBuffer buffer = tensor.getFloatBuffer();
    if (lengths.length == 1 && lengths[0] == width && buffer.hasArray()) {
      // The only input: the copy of the library is the result.
      return List.of(FloatTensor.of(buffer.array(), headCount, width, width));
    }
    PaddedTensor source = PaddedTensor.of(buffer);
    List<FloatTensor> copies = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      copies.add(source.attention(b, lengths[b], headCount, width));
    }
    return copies;
  }

  /** [batch, token, width] as one [token, width] per input. */
  private List<FloatTensor> vectors(String name) {
    OnnxTensor tensor = tensor(name);
    long[] shape = shape(name, tensor, 3);
    int tokens = (int) shape[1];
    int width = (int) shape[2];
    PaddedTensor source = PaddedTensor.of(tensor.getFloatBuffer());
    List<FloatTensor> copies = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      if (lengths[b] > tokens) {
        throw wrongShape(name, shape, "[batch, token, width]");
      }
      copies.add(source.vectors(b, lengths[b], tokens, width));
    }
    return copies;
  }

  /** The same of several outputs, [output][input]. */
  List<List<FloatTensor>> vectors(List<String> names) {
    return names.stream().map(this::vectors).toList();
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
