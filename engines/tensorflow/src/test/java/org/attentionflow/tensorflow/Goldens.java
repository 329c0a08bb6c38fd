package org.attentionflow.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.testkit.ResourceFolder;

/**
 * The recorded checkpoints, the TensorFlow models made of them, and what the reference
 * implementation computes on them. Models are made once and deleted when the tests end.
 */
final class Goldens {
  private static final Map<String, Path> MADE = new HashMap<>();

  private Goldens() {}

  /** The checkpoint as it was recorded. */
  static Path checkpoint(String name) {
    return ResourceFolder.of("/org/attentionflow/pytorch/" + name + "/config.json");
  }

  /** A checkpoint as a TensorFlow model. */
  static Path model(String name, TestModels.Form form) {
    return model(checkpoint(name), name, form, ClassifierGraph.Style.TENSORDOT);
  }

  static synchronized Path model(
      Path checkpoint, String name, TestModels.Form form, ClassifierGraph.Style style) {
    return MADE.computeIfAbsent(
        name + form + style,
        key -> {
          try {
            Path folder = Files.createTempDirectory("attention-flow-" + key);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> ModelCopy.delete(folder)));
            return TestModels.write(checkpoint, folder.resolve(name), form, style);
          } catch (IOException failure) {
            throw new AssertionError(failure);
          }
        });
  }

  static TensorflowSession open(Path model) {
    return TensorflowEngine.openSession(model, EngineSettings.defaults());
  }

  static RecordedCheckpoint recorded(String name) {
    return RecordedCheckpoint.in(checkpoint(name));
  }
}
