package org.attentionflow.pytorch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import org.attentionflow.huggingface.session.NativeFailures;

/** Loads libtorch from the class path, without ever asking the network. */
final class NativeLibrary {
  private static final String ENGINE = "PyTorch";

  private NativeLibrary() {}

  /**
   * A manager of native arrays; loads the library if that has not happened yet.
   *
   * @throws org.attentionflow.failure.UnusableInputException if it cannot be loaded
   */
  static NDManager newManager() {
    return load().newBaseManager(Device.cpu());
  }

  /** Versions, threads and place of the library. */
  static String describe() {
    Engine engine = load();
    return ("PyTorch " + engine.getVersion() + " (CPU) through DJL " + Engine.getDjlVersion())
        + (", " + JniUtils.getNumThreads() + " intra-op and ")
        + (JniUtils.getNumInteropThreads()
            + " inter-op threads, from "
            + LibUtils.getLibtorchPath());
  }

  private static Engine load() {
    // DJL reads these once, when its classes load. Offline also stops its usage statistics.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    setDefault("ai.djl.pytorch.graph_optimizer", "false");
    setDefault("ai.djl.pytorch.num_interop_threads", "1");
    setDefault("ai.djl.pytorch.num_threads", "1");
    try {
      return Engine.getEngine(ENGINE);
    } catch (EngineException | LinkageError failure) {
      throw NativeFailures.notLoaded(
          "PyTorch",
          failure,
          "pytorch-native-cpu for this system is missing from the class path, or DJL_CACHE_DIR,"
              + " where it is unpacked, cannot be written.");
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
