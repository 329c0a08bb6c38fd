package org.attentionflow.pytorch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Copies of a recorded archive with other entries. */
final class ChangedArchive {
  private static final String MODULES = "bert/data.pkl";

  private ChangedArchive() {}

  /** Changes the bytes of an entry; null leaves it out. */
  interface Change {
    byte[] apply(String name, byte[] bytes);
  }

  /** Writes a copy with every entry changed. */
  static Path write(Path file, Change change) throws IOException {
    return write(file, Deflater.DEFAULT_COMPRESSION, change);
  }

  private static Path write(Path file, int level, Change change) throws IOException {
    try (ZipFile zip = new ZipFile(TorchScriptTest.archive("bert").toFile());
        OutputStream stream = Files.newOutputStream(file);
        ZipOutputStream out = new ZipOutputStream(stream)) {
      out.setLevel(level);
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        try (InputStream in = zip.getInputStream(entry)) {
          byte[] changed = change.apply(entry.getName(), in.readAllBytes());
          if (changed != null) {
            out.putNextEntry(new ZipEntry(entry.getName()));
            out.write(changed);
            out.closeEntry();
          }
        }
      }
    }
    return file;
  }

  /** Writes a copy with every entry changed, and none made smaller. */
  static Path writeUnpacked(Path file, Change change) throws IOException {
    return write(file, Deflater.NO_COMPRESSION, change);
  }

  /** Writes a copy with another pickle of the modules, as large as it is. */
  static Path withModules(Path file, byte[] pickle) throws IOException {
    return writeUnpacked(file, (name, bytes) -> name.equals(MODULES) ? pickle : bytes);
  }

  /** The pickle of the modules. */
  static byte[] modules() throws IOException {
    try (ZipFile zip = new ZipFile(TorchScriptTest.archive("bert").toFile());
        InputStream in = zip.getInputStream(zip.getEntry(MODULES))) {
      return in.readAllBytes();
    }
  }
}
