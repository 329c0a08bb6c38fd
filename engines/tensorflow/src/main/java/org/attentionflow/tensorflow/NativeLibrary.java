package org.attentionflow.tensorflow;

import java.util.List;
import org.attentionflow.huggingface.session.NativeFailures;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.OpDef;

/**
 * Loads TensorFlow's native library from the class path. JavaCPP unpacks it, once per user, into
 * the folder that the system property {@code org.bytedeco.javacpp.cachedir} names, or {@code
 * .javacpp/cache} in the user's home; nothing is downloaded.
 */
final class NativeLibrary {
  private static final String BINDINGS = "org.tensorflow.internal.c_api.global.tensorflow";

  private NativeLibrary() {}

  /** The operations the library has; loads it if that has not happened yet. */
  static List<OpDef> operations() {
    load();
    return TensorFlow.registeredOpList().getOpList();
  }

  /** Versions and place of the library. */
  static String describe() {
    load();
    return ("TensorFlow " + TensorFlow.version() + " (CPU) through the classes of DJL, ")
        + (TensorFlow.registeredOpList().getOpCount() + " operations, from ")
        + Loader.getLoadedLibraries().values().stream()
            .filter(path -> path.contains("tensorflow"))
            .sorted()
            .findFirst()
            .orElse("an unknown place");
  }

  private static void load() {
    try {
      Class.forName(BINDINGS, true, NativeLibrary.class.getClassLoader());
      TensorFlow.version();
    } catch (ClassNotFoundException | LinkageError failure) {
      throw NativeFailures.notLoaded(
          "TensorFlow",
          failure,
          "tensorflow-core-native for this system is missing from the class path, or the folder"
              + " org.bytedeco.javacpp.cachedir, where it is unpacked (0.6 GB), cannot be written.");
    }
  }
}
