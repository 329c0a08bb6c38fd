package org.attentionflow.pytorch;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.tensor.FloatTensor;

/** The recorded checkpoints and what the reference implementation computes on them. */
final class Goldens {
  private Goldens() {}

  static Path folder(String name) {
    try {
      return Path.of(Objects.requireNonNull(Goldens.class.getResource(name)).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static PytorchSession open(String name) {
    return PytorchEngine.openSession(folder(name), EngineSettings.defaults());
  }

  static SafetensorsFile expected(String name) {
    return SafetensorsFile.open(folder(name).resolve("expected.safetensors"));
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
