package org.attentionflow.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.tensor.FloatTensor;

/** Exported checkpoints, and what the reference implementation computes on them. */
final class Goldens {
  private Goldens() {}

  /** The names of all exported files, without their ending. */
  static List<String> names() {
    try (Stream<Path> files = Files.list(resource("bert-eager-legacy.onnx").getParent())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".onnx"))
          .map(name -> name.substring(0, name.length() - ".onnx".length()))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Path file(String name) {
    return resource(name + ".onnx");
  }

  static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(Goldens.class.getResource(name), name).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static OnnxSession open(String name) {
    return OnnxEngine.openSession(file(name), EngineSettings.defaults());
  }

  /** What the checkpoint of an exported file gives. */
  static SafetensorsFile expected(String name) {
    return SafetensorsFile.open(resource(checkpoint(name) + ".expected.safetensors"));
  }

  static String checkpoint(String name) {
    return name.substring(0, name.indexOf('-'));
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
