package org.attentionflow.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.tensor.FloatTensor;
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

  static SafetensorsFile expected(String name) {
    return SafetensorsFile.open(checkpoint(name).resolve("expected.safetensors"));
  }

  static int[] ids(SafetensorsFile expected, int number) {
    return Arrays.stream(expected.longs("case" + number + ".input_ids"))
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  static CaptureRequest everything(Target target) {
    return new CaptureRequest(target, EnumSet.allOf(Quantity.class));
  }

  /** The tensors stacked along a new first axis, as the recorded ones are. */
  static float[] stack(List<FloatTensor> tensors) {
    int count = tensors.stream().mapToInt(tensor -> tensor.values().length).sum();
    float[] all = new float[count];
    int at = 0;
    for (FloatTensor tensor : tensors) {
      System.arraycopy(tensor.values(), 0, all, at, tensor.values().length);
      at += tensor.values().length;
    }
    return all;
  }
}
