package org.attentionflow.formats.benchmark;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.attentionflow.failure.UnusableInputException;

/** Reports of benchmarks as files. */
public final class BenchmarkReports {
  private static final List<String> SUFFIXES = List.of("html", "svg", "json");

  private BenchmarkReports() {}

  /**
   * Checks that a file's name ends in {@code .html} (one page with everything), {@code .svg} (the
   * plots) or {@code .json}.
   *
   * @throws UnusableInputException if not
   */
  public static void checkName(Path file) {
    if (!SUFFIXES.contains(suffix(file))) {
      throw new UnusableInputException(
          file + ": a report is written as " + String.join(", ", SUFFIXES) + ".");
    }
  }

  /**
   * Writes a report in the format of the file's ending, in UTF-8: first to a temporary file in the
   * same folder, which then replaces the file.
   *
   * @throws UnusableInputException if the ending is not known; nothing is written then
   */
  public static void writeFile(Path file, Analysis analysis) throws IOException {
    checkName(file);
    Path target = file.toAbsolutePath();
    Path temporary =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      try (Writer out = Files.newBufferedWriter(temporary)) {
        write(suffix(file), analysis, out);
      }
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Writes a report in one of the formats: html, svg or json. */
  public static void write(String suffix, Analysis analysis, Appendable out) throws IOException {
    switch (suffix) {
      case "html" -> ReportHtml.write(analysis, out);
      case "svg" -> ReportSvg.write(analysis, out);
      default -> ReportJson.write(analysis, out);
    }
  }

  private static String suffix(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
