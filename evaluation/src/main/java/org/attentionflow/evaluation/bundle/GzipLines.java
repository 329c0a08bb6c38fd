package org.attentionflow.evaluation.bundle;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.attentionflow.failure.UnusableInputException;

/** Lines of text, compressed with gzip. Java writes no time into its header. */
final class GzipLines {
  private GzipLines() {}

  /** Receives lines. */
  interface Sink {
    void line(String line) throws IOException;
  }

  /** Gives lines to a sink. */
  interface Source {
    void to(Sink sink) throws IOException;
  }

  /** Writes the lines of a source to a stream, which stays open. */
  static void write(OutputStream stream, Source source) throws IOException {
    GZIPOutputStream gzip = new GZIPOutputStream(stream, 1 << 16);
    Writer writer = new BufferedWriter(new OutputStreamWriter(gzip, StandardCharsets.UTF_8));
    source.to(line -> writer.append(line).append('\n'));
    writer.flush();
    gzip.finish();
  }

  /**
   * Reads every line of a file.
   *
   * @throws UnusableInputException if it is damaged
   */
  static void read(Path file, Sink sink) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        sink.line(line);
      }
    } catch (ZipException | EOFException e) {
      throw new UnusableInputException(file + " is damaged: " + e.getMessage() + ".", e);
    }
  }
}
