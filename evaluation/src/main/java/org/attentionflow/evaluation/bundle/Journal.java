package org.attentionflow.evaluation.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;
import org.attentionflow.failure.UnusableInputException;

/**
 * What a run has found so far: a file to which one checked line per example is added. A line is
 * written at once; what a killed run wrote half is cut off when the journal is opened again.
 */
public final class Journal implements AutoCloseable {
  private static final long NANOS_BETWEEN_SYNCS = 2_000_000_000L;

  private final FileChannel channel;
  private final BitSet done = new BitSet();
  private long lastSync = System.nanoTime();

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /** Receives the outcomes of a journal. */
  @FunctionalInterface
  public interface Reader {
    /** Takes the next outcome. */
    void accept(Outcome outcome) throws IOException;
  }

  /**
   * Opens a journal to add to it, and makes it if it does not exist.
   *
   * @param header one line that says what is run; that of the journal must be the same
   * @throws UnusableInputException if the journal is of another run, or another program has it open
   */
  public static Journal open(Path file, String header) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(channel, file);
      Journal journal = new Journal(channel);
      long end = journal.scan(file, header);
      channel.truncate(end);
      channel.position(end);
      if (end == 0) {
        journal.write(JournalLine.checked(header));
        channel.force(true);
      }
      return journal;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The header of a journal; empty if there is none yet. */
  public static Optional<String> header(Path file) throws IOException {
    try (JournalLines lines = new JournalLines(file)) {
      return Optional.ofNullable(lines.next()).flatMap(JournalLine::unchecked);
    }
  }

  /** The positions of the examples that are done. */
  public BitSet done() {
    return (BitSet) done.clone();
  }

  /** Adds an outcome; it survives the end of the process from here on. */
  public void add(Outcome outcome) throws IOException {
    write(JournalLine.of(outcome));
    done.set(outcome.index());
    if (System.nanoTime() - lastSync > NANOS_BETWEEN_SYNCS) {
      sync();
    }
  }

  /** Makes sure that what was added survives the end of the machine, too. */
  public void sync() throws IOException {
    channel.force(false);
    lastSync = System.nanoTime();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    boolean isLocked;
    try {
      isLocked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      isLocked = false;
    }
    if (!isLocked) {
      throw new UnusableInputException(
          "Another run is writing to " + file.getParent() + ". Maybe wait for it to end.");
    }
  }

  /** Reads what is there; the result is where the last whole line ends. */
  private long scan(Path file, String header) throws IOException {
    try (JournalLines lines = new JournalLines(file)) {
      String first = lines.next();
      Optional<String> found = Optional.ofNullable(first).flatMap(JournalLine::unchecked);
      if (found.isEmpty()) {
        return 0;
      }
      if (!found.get().equals(header)) {
        throw new UnusableInputException(
            "The unfinished run in "
                + file.getParent()
                + " is of other settings, data, model or program. Maybe remove that folder.");
      }
      long end = lines.position();
      for (String line = lines.next(); line != null; line = lines.next()) {
        Optional<Outcome> outcome = JournalLine.outcome(line);
        if (outcome.isEmpty()) {
          break;
        }
        done.set(outcome.get().index());
        end = lines.position();
      }
      return end;
    }
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
