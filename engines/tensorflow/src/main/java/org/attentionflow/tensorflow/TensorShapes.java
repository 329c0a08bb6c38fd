package org.attentionflow.tensorflow;

import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;

/** What TensorFlow infers of the shapes of tensors without running a graph. */
final class TensorShapes {
  /** What is not known. */
  static final int UNKNOWN = -1;

  private final Graph graph;

  TensorShapes(Graph graph) {
    this.graph = graph;
  }

  /** The number of axes, or {@link #UNKNOWN}. */
  int rank(TensorName tensor) {
    return of(tensor).numDimensions();
  }

  /** The size of an axis, counted from the end if it is negative, or {@link #UNKNOWN}. */
  int size(TensorName tensor, int axis) {
    Shape shape = of(tensor);
    int rank = shape.numDimensions();
    int at = axis < 0 ? rank + axis : axis;
    return rank < 0 || at < 0 || at >= rank ? UNKNOWN : (int) shape.get(at);
  }

  private Shape of(TensorName tensor) {
    GraphOperation operation = graph.operationOrThrow(tensor.node());
    return operation.output(tensor.index()).shape();
  }
}
