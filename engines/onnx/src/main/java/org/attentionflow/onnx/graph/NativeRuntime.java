package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.session.NativeFailures;

/** ONNX Runtime, loaded from the class path; it has one environment per process. */
public final class NativeRuntime {
  /** Messages repeat names, which may be as long as a file. */
  private static final int MOST_CHARACTERS = 600;

  private static final String FOLDER_KEY = "session.model_external_initializers_file_folder_path";

  private NativeRuntime() {}

  /**
   * The environment of the process; loads the native library with the first call.
   *
   * @throws UnusableInputException if it cannot be loaded
   */
  public static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    } catch (LinkageError | RuntimeException failure) {
      throw NativeFailures.notLoaded(
          "ONNX Runtime",
          failure,
          "the jar onnxruntime has none for this system, or the folder for temporary files, where"
              + " it is unpacked, cannot be written.");
    }
  }

  /** The version and the system the library is for. */
  public static String describe() {
    OrtEnvironment environment = environment();
    return ("ONNX Runtime " + environment.getVersion() + ", providers ")
        + OrtEnvironment.getAvailableProviders();
  }

  /**
   * Loads a model.
   *
   * @param folder where files with further weights lie
   * @param threads the threads of one run; idle ones sleep
   * @param level how far the graph is optimised
   * @throws UnusableInputException if it is no model that ONNX Runtime can run
   */
  public static OrtSession open(ModelProto model, Path folder, int threads, OptLevel level) {
    OrtEnvironment environment = environment();
    try (SessionOptions options = new SessionOptions()) {
      options.setOptimizationLevel(level);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry(FOLDER_KEY, folder.toString());
      return environment.createSession(bytes(model), options);
    } catch (OrtException failure) {
      throw failure("ONNX Runtime cannot load the model", failure);
    }
  }

  /** What to tell the user of a failure of the library. */
  public static RuntimeException failure(String what, OrtException failure) {
    String message = oneLine(String.valueOf(failure.getMessage()));
    if (message.contains("bad_alloc") || message.contains("Failed to allocate memory")) {
      return NativeFailures.noMemory("ONNX Runtime", failure);
    }
    return new UnusableInputException(what + ": " + message, failure);
  }

  /** The model in native memory, so that weights that stand in it do not take up the heap. */
  private static ByteBuffer bytes(ModelProto model) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(ModelFile.byteCount(model));
    try {
      CodedOutputStream stream = CodedOutputStream.newInstance(buffer);
      model.writeTo(stream);
      stream.flush();
    } catch (IOException impossible) {
      throw new IllegalStateException("Writing to memory failed.", impossible);
    }
    buffer.flip();
    return buffer;
  }

  private static String oneLine(String message) {
    String whole = message.strip().replaceAll("\\s+", " ");
    String line =
        whole.length() > MOST_CHARACTERS ? whole.substring(0, MOST_CHARACTERS) + " ..." : whole;
    return line.endsWith(".") ? line : line + ".";
  }
}
