package org.attentionflow.testkit.torchscript;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP file in which nothing is compressed and the bytes of every entry begin at a multiple of 64,
 * so that they can be used where they lie. A field of padding in front of them, of the kind {@code
 * FB} as in PyTorch's archives, sees to that.
 */
final class AlignedZip implements AutoCloseable {
  /** What the bytes of an entry are aligned to. */
  static final int ALIGNMENT = 64;

  /** The header of an entry, without its name and additional fields. */
  private static final int HEADER_BYTES = 30;

  /** A field's kind and length. */
  private static final int FIELD_BYTES = 4;

  /** The same in every file; of the first time that ZIP knows, Java makes a field of its own. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 2, 0, 0);

  private final ZipOutputStream out;

  /** Where the next entry begins. */
  private long position;

  AlignedZip(Path file) throws IOException {
    this.out = new ZipOutputStream(Files.newOutputStream(file));
  }

  void add(String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTimeLocal(TIME);
    long unpadded =
        position + HEADER_BYTES + name.getBytes(StandardCharsets.UTF_8).length + FIELD_BYTES;
    int padding = Math.floorMod(-unpadded, ALIGNMENT);
    entry.setExtra(field(padding));
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
    position = unpadded + padding + content.length;
  }

  private static byte[] field(int padding) {
    byte[] field = new byte[FIELD_BYTES + padding];
    Arrays.fill(field, (byte) 'Z');
    field[0] = 'F';
    field[1] = 'B';
    field[2] = (byte) padding;
    field[3] = 0;
    return field;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
