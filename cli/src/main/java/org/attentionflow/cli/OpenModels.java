package org.attentionflow.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.evaluation.run.ModelLocator;

/**
 * Finds the models of experiments, the built-in one too; keeps what it opened until it is closed.
 */
final class OpenModels implements ModelLocator, AutoCloseable {
  private final List<ModelLocation> locations = new ArrayList<>();

  @Override
  public Path locate(String model, Path folder) {
    Path beside = folder.resolve(model);
    ModelLocation location = ModelLocation.of(Files.exists(beside) ? beside.toString() : model);
    locations.add(location);
    return location.path();
  }

  @Override
  public void close() {
    locations.forEach(ModelLocation::close);
  }
}
