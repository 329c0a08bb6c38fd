package org.attentionflow.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.explanation.ExplanationFormats;
import org.attentionflow.pipeline.TextResult;

/**
 * The files that results are written to. JSON Lines are written as the results come; the other
 * formats need all results at the end. A file is replaced only when it is complete.
 */
final class OutputFiles implements AutoCloseable {
  private static final String LINES = "jsonl";

  /** Formats that need all results. */
  private final List<Path> whole = new ArrayList<>();

  /** Lines of results under a temporary name, by the file they become. */
  private final Map<Path, Part> lines = new LinkedHashMap<>();

  private final List<TextResult> results = new ArrayList<>();

  private record Part(Path temporary, Writer writer) {}

  private OutputFiles() {}

  /**
   * Checks that every file can be written and has a known format.
   *
   * @throws UnusableInputException if not
   */
  static OutputFiles open(List<Path> paths) throws IOException {
    OutputFiles files = new OutputFiles();
    for (Path path : new LinkedHashSet<>(paths)) {
      checkWritable(path);
      String suffix = suffix(path);
      ExplanationFormats.forSuffix(suffix);
      if (!suffix.equals(LINES)) {
        files.whole.add(path);
      }
    }
    for (Path path : new LinkedHashSet<>(paths)) {
      if (suffix(path).equals(LINES)) {
        String name = "." + path.getFileName() + "." + ProcessHandle.current().pid() + ".part";
        Path temporary = folder(path).resolve(name);
        temporary.toFile().deleteOnExit();
        files.lines.put(path, new Part(temporary, Files.newBufferedWriter(temporary)));
      }
    }
    return files;
  }

  /**
   * Checks that a file can be written, without writing it.
   *
   * @throws UnusableInputException if not
   */
  static void checkWritable(Path path) {
    if (Files.isDirectory(path)) {
      throw new UnusableInputException(path + " cannot be written: it is a folder.");
    }
    Path folder = folder(path);
    if (!Files.isDirectory(folder)) {
      throw new UnusableInputException(
          path + " cannot be written: there is no folder " + folder + ".");
    }
    if (!Files.isWritable(folder)) {
      throw new UnusableInputException(
          path + " cannot be written: no permission to write in " + folder + ".");
    }
  }

  /** Takes the next result. */
  void add(TextResult result) throws IOException {
    for (Part part : lines.values()) {
      ExplanationFormats.forSuffix(LINES).write(List.of(result), part.writer());
    }
    if (!whole.isEmpty()) {
      results.add(result);
    }
  }

  /** Writes what is not written yet and gives every file its name. */
  void finish() throws IOException {
    for (Map.Entry<Path, Part> line : lines.entrySet()) {
      line.getValue().writer().close();
      Files.move(line.getValue().temporary(), line.getKey(), StandardCopyOption.REPLACE_EXISTING);
    }
    for (Path path : whole) {
      ExplanationFormats.writeFile(path, results);
    }
  }

  /** Removes what was not finished. */
  @Override
  public void close() throws IOException {
    for (Part part : lines.values()) {
      part.writer().close();
      Files.deleteIfExists(part.temporary());
    }
  }

  private static Path folder(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    return folder == null ? path.toAbsolutePath() : folder;
  }

  private static String suffix(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
