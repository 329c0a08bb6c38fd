package org.attentionflow.formats.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file under a temporary name and renames it, so that no one sees it half written. */
public final class WholeFile {
  private WholeFile() {}

  /** What is written to a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it to a stream, which stays open. */
    void write(OutputStream stream) throws IOException;
  }

  /**
   * Writes a file in place of what is there. It gets the permissions of an ordinary new file. If
   * writing fails, nothing is left behind and a file that was there stays as it was.
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    // Not createTempFile: its files can be read by their owner alone.
    Path temporary =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel));
        content.write(stream);
        stream.flush();
        // Otherwise the name could reach the disk before the bytes do.
        channel.force(true);
      }
      rename(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException unsupported) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
