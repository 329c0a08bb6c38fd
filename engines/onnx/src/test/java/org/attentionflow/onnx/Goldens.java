package org.attentionflow.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.testkit.RecordedCheckpoint;

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
  static RecordedCheckpoint recorded(String name) {
    String checkpoint = checkpoint(name);
    return RecordedCheckpoint.open(
        resource(checkpoint + ".cases.json"), resource(checkpoint + ".expected.safetensors"));
  }

  static String checkpoint(String name) {
    return name.substring(0, name.indexOf('-'));
  }
}
