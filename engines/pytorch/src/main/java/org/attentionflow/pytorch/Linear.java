package org.attentionflow.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** The affine map x Wᵀ + b over the last axis, with W of shape [to, from] and b of shape [to]. */
record Linear(PtNDArray weight, PtNDArray bias) {
  PtNDArray apply(PtNDArray x) {
    return JniUtils.linear(x, weight, bias);
  }
}
