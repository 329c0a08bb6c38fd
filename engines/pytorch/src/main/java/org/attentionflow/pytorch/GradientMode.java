package org.attentionflow.pytorch;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/** Switches the recording of gradients, which PyTorch keeps per thread, on or off for a while. */
final class GradientMode {
  private GradientMode() {}

  /** Computes with or without recording, and leaves the thread as it was. */
  static <R> R with(boolean recording, Supplier<R> computation) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(recording);
    try {
      return computation.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
