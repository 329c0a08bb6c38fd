package org.attentionflow.pytorch;

import ai.djl.pytorch.engine.PtNDArray;

/** Two affine maps with a function of every element in between. */
record FeedForward(Linear in, Activation activation, Linear out) {
  PtNDArray apply(PtNDArray x) {
    return out.apply(activation.apply(in.apply(x)));
  }
}
