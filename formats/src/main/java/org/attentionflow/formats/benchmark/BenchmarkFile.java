package org.attentionflow.formats.benchmark;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.attentionflow.failure.UnusableInputException;

/** Results of benchmarks from the JSON files that JMH writes. */
public final class BenchmarkFile {
  private static final Pattern DATE = Pattern.compile("(?<!\\d)\\d{4}-\\d{2}-\\d{2}(?!\\d)");

  private BenchmarkFile() {}

  /**
   * Reads a file.
   *
   * <p>Date and commit are those of {@code here}; where these are empty, those that {@code
   * benchmarks/run} left in the results; and the date in the name of the file where there is none.
   *
   * @param here where and when it was measured, for what JMH does not record
   * @throws UnusableInputException if it cannot be read or holds no results
   */
  public static BenchmarkRun read(Path file, Machine here) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return JmhResults.read(
          JsonParser.parseReader(reader).getAsJsonArray(), here, dateInName(file));
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

  private static String dateInName(Path file) {
    Matcher date = DATE.matcher(String.valueOf(file.getFileName()));
    return date.find() ? date.group() : "";
  }
}
