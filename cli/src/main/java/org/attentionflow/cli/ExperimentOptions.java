package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.attentionflow.evaluation.experiment.ExperimentFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which experiment, and what is changed in it. */
final class ExperimentOptions {
  @Parameters(paramLabel = "FILE", description = "the experiment (YAML): see attnflow config")
  @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one key of the file, repeatable: data.root=DIR, solver.mu=1e-4, …")
  Map<String, String> values = new LinkedHashMap<>();

  /** Reads the file and sets what is changed. */
  ExperimentFile read() throws IOException {
    if (file == null) {
      throw new IllegalStateException("The file is required.");
    }
    return with(ExperimentFile.read(file));
  }

  /** Sets what is changed. */
  ExperimentFile with(ExperimentFile experiment) {
    values.forEach(experiment::set);
    return experiment;
  }
}
