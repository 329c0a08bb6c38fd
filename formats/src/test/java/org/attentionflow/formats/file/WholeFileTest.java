package org.attentionflow.formats.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is replaced at once or not at all. */
class WholeFileTest {
  @TempDir Path folder;

  @Test
  void hasThePermissionsOfAnOrdinaryFile() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path ordinary = Files.createFile(folder.resolve("ordinary"));
    Path file = folder.resolve("file");
    WholeFile.write(file, stream -> stream.write(1));
    assertEquals(Files.getPosixFilePermissions(ordinary), Files.getPosixFilePermissions(file));
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    assertThrows(
        IOException.class,
        () ->
            WholeFile.write(
                file,
                stream -> {
                  stream.write(1);
                  throw new IOException("full");
                }));
    assertEquals("old", Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }
}
