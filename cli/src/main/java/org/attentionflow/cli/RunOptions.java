package org.attentionflow.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How an experiment is run. */
final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "folder of the bundle (results/NAME)")
  @Nullable Path output;

  @Option(names = "--resume", description = "go on with a run that was stopped")
  boolean resume;

  @Option(names = "--plan", description = "only say what would run, and roughly how long")
  boolean plan;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "run every N-th example, from the I-th; merge with --merge")
  @Nullable String shard;

  @Option(
      names = "--merge",
      paramLabel = "DIR",
      description = "make the bundle from the shards in these folders, repeatable")
  List<Path> merge = List.of();

  @Option(names = "--json", description = "print JSON")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "no progress and no summary on standard error")
  boolean quiet;

  /** The command line with the program's name. */
  List<String> command() {
    List<String> command = new ArrayList<>(List.of("attnflow"));
    CommandLine line = Objects.requireNonNull(spec).root().commandLine();
    command.addAll(line.getParseResult().originalArgs());
    return command;
  }
}
