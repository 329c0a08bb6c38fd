package org.attentionflow.pytorch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** Layer normalisation over the last axis: (x − mean) / √(variance + ε) · weight + bias. */
record LayerNorm(PtNDArray weight, PtNDArray bias, int width, double epsilon) {
  PtNDArray apply(PtNDArray x) {
    return JniUtils.layerNorm(x, new Shape(width), weight, bias, epsilon);
  }
}
