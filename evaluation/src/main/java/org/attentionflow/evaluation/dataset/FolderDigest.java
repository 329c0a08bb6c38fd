package org.attentionflow.evaluation.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.attentionflow.provenance.Digest;

/** One digest of all files of a folder: that of the lines {@code digest name}, sorted by name. */
public final class FolderDigest {
  private FolderDigest() {}

  /**
   * The digest of a folder; the bytes and names of files count, their times do not.
   *
   * @throws IOException if a file cannot be read
   */
  public static String of(Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path file : files(folder)) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      lines.append(Digest.of(file)).append("  ").append(name).append('\n');
    }
    return Digest.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    }
  }
}
