package org.attentionflow.docs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The model in the jar attention-flow-model-sst2-tiny. */
final class BuiltInModel {
  private BuiltInModel() {}

  // snippet: built-in-model
  /** Copies the built-in model from the class path to a folder. */
  static Path copyTo(Path folder) throws IOException {
    for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
      String resource = "/org/attentionflow/model/sst2-tiny/" + file;
      try (InputStream in = BuiltInModel.class.getResourceAsStream(resource)) {
        Files.copy(Objects.requireNonNull(in, resource), folder.resolve(file));
      }
    }
    return folder;
  }
  // end
}
