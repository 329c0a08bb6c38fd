package org.attentionflow.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;

/**
 * Numbers as tensors in PyTorch's own memory. The operations of {@code NDArray} that take a Java
 * number put it into a Java buffer that may be freed before the backward pass reads it again;
 * products must not use them.
 */
final class Scalar {
  private Scalar() {}

  /** A new array with each element of x times a number. */
  static PtNDArray times(PtNDArray x, double factor) {
    return x.mul(of(x, factor));
  }

  /** A tensor without axes that belongs to the manager of x. */
  static PtNDArray of(PtNDArray x, double value) {
    return (PtNDArray) x.getManager().full(new Shape(), (float) value, DataType.FLOAT32);
  }
}
