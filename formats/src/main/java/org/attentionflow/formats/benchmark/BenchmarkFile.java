package org.attentionflow.formats.benchmark;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.attentionflow.failure.UnusableInputException;

/** Results of benchmarks from the JSON files that JMH writes. */
public final class BenchmarkFile {
  private BenchmarkFile() {}

  /**
   * Reads a file.
   *
   * @param here where and when it was measured, for what JMH does not record
   * @throws UnusableInputException if it cannot be read or holds no results
   */
  public static BenchmarkRun read(Path file, Machine here) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return JmhResults.read(JsonParser.parseReader(reader).getAsJsonArray(), here);
    } catch (NoSuchFileException e) {
      throw new UnusableInputException("There is no file " + file + ".", e);
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | NumberFormatException e) {
      throw new UnusableInputException(
          file.getFileName() + " holds no results of JMH (-rf json).", e);
    }
  }
}
