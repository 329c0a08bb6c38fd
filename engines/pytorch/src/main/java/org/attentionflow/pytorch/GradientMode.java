package org.attentionflow.pytorch;

import ai.djl.pytorch.jni.JniUtils;

/** Switches the recording of gradients, which PyTorch keeps per thread, on or off for a while. */
final class GradientMode implements AutoCloseable {
  private final boolean before;

  private GradientMode(boolean before) {
    this.before = before;
  }

  /** Sets the mode of this thread until the result is closed. */
  static GradientMode set(boolean recording) {
    GradientMode mode = new GradientMode(JniUtils.isGradMode());
    JniUtils.setGradMode(recording);
    return mode;
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
