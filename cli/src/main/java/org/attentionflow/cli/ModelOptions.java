package org.attentionflow.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model runs, and on which engine. */
final class ModelOptions {
  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "folder or file of a model; without it the built-in sst2-tiny")
  @Nullable String model;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "engine: see list engines; without it the one that recognises the model")
  @Nullable String engine;

  /** Finds the model. */
  ModelLocation locate() {
    return ModelLocation.of(model == null ? ModelLocation.BUILT_IN : model);
  }
}
