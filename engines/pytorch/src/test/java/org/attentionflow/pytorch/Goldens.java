package org.attentionflow.pytorch;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.testkit.RecordedCheckpoint;

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

  static RecordedCheckpoint recorded(String name) {
    return RecordedCheckpoint.in(folder(name));
  }
}
