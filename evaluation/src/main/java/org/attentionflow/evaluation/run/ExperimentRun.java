package org.attentionflow.evaluation.run;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.bundle.Journal;
import org.attentionflow.evaluation.bundle.Outcome;
import org.attentionflow.failure.UnusableInputException;

/**
 * Runs an experiment into a folder. Examples are worked on by several threads and added to the
 * journal in their order. A run that was killed goes on behind the last whole line of its journal
 * and ends in the same bytes as one that was not.
 */
public final class ExperimentRun {
  private final PreparedRun run;
  private final Path folder;
  private final RunListener listener;
  private List<String> command = List.of();

  /**
   * Takes what to run.
   *
   * @param folder where the bundle will be; made if it does not exist
   */
  public ExperimentRun(PreparedRun run, Path folder, RunListener listener) {
    this.run = run;
    this.folder = folder;
    this.listener = listener;
  }

  /**
   * Says by which command line the run was started; it is written to the part of the bundle that
   * may differ from run to run, without places of this machine.
   *
   * @param arguments the name of the program first
   */
  public ExperimentRun startedBy(List<String> arguments) {
    command = List.copyOf(arguments);
    return this;
  }

  /**
   * Runs what is not done yet, and writes the bundle unless this is only a shard.
   *
   * @param resume whether a run that was stopped may go on
   * @throws UnusableInputException if the folder holds another run, or one that was stopped and may
   *     not go on, or cannot be written; what is done is kept
   */
  public RunResult run(Shard shard, boolean resume) throws IOException {
    checkFolder(resume);
    try {
      Files.createDirectories(folder);
      Path journal = folder.resolve(BundleFile.JOURNAL);
      try (Journal open = Journal.open(journal, run.header())) {
        work(open, shard);
        open.sync();
        if (!shard.isAll()) {
          return new RunResult(folder, null, 0, new Times());
        }
      }
      return finish(List.of(journal));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Writes the bundle from the journals of all shards.
   *
   * @param shards the folders of the shards
   * @throws UnusableInputException if a shard is of another run or examples are missing
   */
  public RunResult merge(List<Path> shards) throws IOException {
    checkFolder(false);
    List<Path> journals = new ArrayList<>();
    for (Path shard : shards) {
      Path journal = shard.resolve(BundleFile.JOURNAL);
      if (!Files.isRegularFile(journal)
          || !Journal.header(journal).filter(run.header()::equals).isPresent()) {
        throw new UnusableInputException(shard + " holds no shard of this run.");
      }
      journals.add(journal);
    }
    try {
      Files.createDirectories(folder);
      return finish(journals);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void checkFolder(boolean resume) {
    if (Files.exists(folder.resolve(BundleFile.MANIFEST))) {
      throw new UnusableInputException(
          folder + " holds a finished run. Maybe another output folder (-o), or remove it.");
    }
    if (!resume && Files.exists(folder.resolve(BundleFile.JOURNAL))) {
      throw new UnusableInputException(
          folder + " holds a run that was stopped. Maybe --resume, or remove it.");
    }
  }

  private UnusableInputException unwritable(IOException e) {
    String reason =
        e instanceof FileSystemException failed && failed.getReason() != null
            ? failed.getReason()
            : String.valueOf(e.getMessage());
    return new UnusableInputException(
        "The run cannot write to "
            + folder
            + ": "
            + reason
            + ". What is done is kept: cure that and run again with --resume.",
        e);
  }

  private void work(Journal journal, Shard shard) throws IOException {
    BitSet done = journal.done();
    List<PreparedExample> todo =
        run.examples().stream()
            .filter(example -> shard.has(example.index()) && !done.get(example.index()))
            .toList();
    listener.begin(todo.size() + done.cardinality(), done.cardinality());
    int threads = Math.max(1, Math.min(run.experiment().threads(), todo.size()));
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Outcome>> pending = new ArrayList<>();
      for (int next = 0, written = 0; written < todo.size(); written++) {
        while (next < todo.size() && next < written + 4 * threads) {
          PreparedExample example = todo.get(next++);
          pending.add(executor.submit(() -> new ExampleTask(run, example).outcome()));
        }
        journal.add(pending.set(written, null).get());
        listener.step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("An example failed: " + e.getCause(), e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  private RunResult finish(List<Path> journals) throws IOException {
    listener.finishing();
    return new BundleWriter(run, folder, command).write(journals);
  }
}
