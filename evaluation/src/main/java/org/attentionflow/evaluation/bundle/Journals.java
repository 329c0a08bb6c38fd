package org.attentionflow.evaluation.bundle;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.file.WholeFile;

/**
 * The journals of the shards of one run, read together in the order of the examples. Each journal
 * is in that order, so that one line of each is in memory at a time.
 */
public final class Journals {
  private final List<Path> files;

  private Journals(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /** Takes the journals of all shards. */
  public static Journals open(List<Path> files) {
    return new Journals(files);
  }

  /**
   * Checks that every example is there.
   *
   * @throws UnusableInputException if one is missing
   */
  public void checkComplete(int count) throws IOException {
    BitSet found = new BitSet();
    each(outcome -> found.set(outcome.index()));
    int missing = found.nextClearBit(0);
    if (missing < count) {
      throw new UnusableInputException(
          (count - found.cardinality())
              + " of "
              + count
              + " examples are missing, the first at position "
              + missing
              + ". Maybe a shard is missing.");
    }
  }

  /** Reads every outcome once, in the order of the examples. */
  public void each(Journal.Reader reader) throws IOException {
    try (JournalMerge merge = new JournalMerge(files)) {
      for (Outcome next = merge.next(); next != null; next = merge.next()) {
        reader.accept(next);
      }
    }
  }

  /** Writes records, perturbations, metrics and failures. */
  public void write(Path folder) throws IOException {
    gzip(folder.resolve(BundleFile.RECORDS), (outcome, sink) -> line(outcome.record(), sink));
    gzip(
        folder.resolve(BundleFile.PERTURBATIONS),
        (outcome, sink) -> {
          for (String line : outcome.perturbations()) {
            sink.line(line);
          }
        });
    gzip(folder.resolve(BundleFile.METRICS), (outcome, sink) -> line(outcome.metrics(), sink));
    WholeFile.write(
        folder.resolve(BundleFile.FAILURES),
        stream -> {
          Writer writer =
              new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
          each(
              outcome -> {
                for (String line : outcome.failures()) {
                  writer.append(line).append('\n');
                }
              });
          writer.flush();
        });
  }

  private interface Part {
    void of(Outcome outcome, GzipLines.Sink sink) throws IOException;
  }

  private void gzip(Path file, Part part) throws IOException {
    WholeFile.write(
        file, stream -> GzipLines.write(stream, sink -> each(outcome -> part.of(outcome, sink))));
  }

  private static void line(String line, GzipLines.Sink sink) throws IOException {
    if (!line.isEmpty()) {
      sink.line(line);
    }
  }
}
