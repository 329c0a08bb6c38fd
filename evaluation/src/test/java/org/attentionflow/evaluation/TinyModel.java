package org.attentionflow.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.plugin.Plugins;

/** The model in the jar attention-flow-model-sst2-tiny. */
public final class TinyModel {
  private TinyModel() {}

  /** Opens it from a copy in a folder. */
  public static ModelSession open(Path folder, EngineSettings settings) {
    try {
      for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
        String resource = "/org/attentionflow/model/sst2-tiny/" + file;
        try (InputStream in = TinyModel.class.getResourceAsStream(resource)) {
          Path copy = folder.resolve(file);
          if (!Files.exists(copy)) {
            Files.copy(Objects.requireNonNull(in, resource), copy);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Plugins.load(ModelEngine.class).get("pytorch").open(folder, settings);
  }
}
