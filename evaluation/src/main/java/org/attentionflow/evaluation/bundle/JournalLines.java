package org.attentionflow.evaluation.bundle;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The whole lines of a journal; what is not ended by a line break does not count. */
final class JournalLines implements AutoCloseable {
  private final InputStream in;
  private long position;

  JournalLines(Path file) throws IOException {
    in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  /** The next line, or null behind the last whole one. */
  @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        position += line.size() + 1L;
        return line.toString(StandardCharsets.UTF_8);
      }
      line.write(next);
    }
    return null;
  }

  /** The next outcome, or null behind the last whole one. */
  @Nullable Outcome outcome() throws IOException {
    String line = next();
    return line == null ? null : JournalLine.outcome(line).orElse(null);
  }

  /** Where the last line that was read ends. */
  long position() {
    return position;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
