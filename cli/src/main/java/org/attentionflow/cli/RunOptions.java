package org.attentionflow.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an experiment is run. */
final class RunOptions {
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
}
