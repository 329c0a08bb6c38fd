package org.attentionflow.tensorflow;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.attentionflow.failure.UnusableInputException;

/**
 * Files beside a graph where TensorFlow can read them, which reads only real files: those inside a
 * jar are copied out until this is closed.
 */
final class RealFolder implements AutoCloseable {
  private final Path path;
  private final boolean copied;

  private RealFolder(Path path, boolean copied) {
    this.path = path;
    this.copied = copied;
  }

  /**
   * The files of some folders inside a folder.
   *
   * @param temporary where copies are made if they are needed; nothing stays there on a failure
   * @param parts the folders, if they exist
   */
  static RealFolder of(Path folder, Path temporary, List<String> parts) throws IOException {
    if (folder.getFileSystem() == FileSystems.getDefault()) {
      return new RealFolder(folder, false);
    }
    Path copy = Files.createTempDirectory(temporary, "attention-flow-variables");
    try {
      for (String part : parts) {
        copyFiles(folder.resolve(part), copy.resolve(part));
      }
      return new RealFolder(copy, true);
    } catch (IOException | RuntimeException | Error failure) {
      new RealFolder(copy, true).close();
      throw failure;
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  /** The folder to read from. */
  Path path() {
    return path;
  }

  @Override
  public void close() {
    if (!copied) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UnusableInputException(
          "The folder " + path + " cannot be deleted: " + failure.getMessage() + ".", failure);
    }
  }
}
