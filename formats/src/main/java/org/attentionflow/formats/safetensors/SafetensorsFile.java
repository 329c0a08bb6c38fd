package org.attentionflow.formats.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.FloatTensor;

/**
 * An open safetensors file, in any file system: an 8-byte length, a JSON header of that length, and
 * the elements of all tensors, little-endian and row-major.
 *
 * <p>Elements are read when they are asked for, straight into the memory they are meant for. Files
 * are not memory-mapped: that saves no copy here, and a mapped file that another process shortens
 * takes the whole JVM down.
 *
 * <p>Safe for use by several threads; one reads at a time.
 */
public final class SafetensorsFile implements AutoCloseable {
  private static final int LENGTH_BYTES = 8;
  private static final long LONGEST_HEADER = 100_000_000;
  private static final int CHUNK_BYTES = 1 << 16;

  /** How the text begins that stands in for a large file in a Git repository. */
  private static final String POINTER_START = "version ";

  private final Path path;
  private final SeekableByteChannel channel;
  private final long dataStart;
  private final Header header;

  private SafetensorsFile(Path path, SeekableByteChannel channel, long dataStart, Header header) {
    this.path = path;
    this.channel = channel;
    this.dataStart = dataStart;
    this.header = header;
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws UnusableInputException if the file is missing, damaged or no safetensors file
   */
  public static SafetensorsFile open(Path path) {
    SeekableByteChannel channel;
    try {
      channel = Files.newByteChannel(path);
    } catch (NoSuchFileException missing) {
      throw new UnusableInputException("The file " + path + " does not exist.", missing);
    } catch (IOException failure) {
      throw unreadable(path, failure);
    }
    try {
      return open(path, channel);
    } catch (IOException failure) {
      closeQuietly(channel, failure);
      throw unreadable(path, failure);
    } catch (RuntimeException | Error failure) {
      closeQuietly(channel, failure);
      throw failure;
    }
  }

  private static SafetensorsFile open(Path path, SeekableByteChannel channel) throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw notSafetensors(path, "it has only " + size + " bytes");
    }
    ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(path, channel, 0, length);
    if (new String(length.array(), StandardCharsets.US_ASCII).equals(POINTER_START)) {
      throw new UnusableInputException(
          path + " only points to a file that Git LFS has not fetched. Maybe run: git lfs pull.");
    }
    long headerLength = length.flip().getLong();
    if (headerLength < 2 || headerLength > Math.min(LONGEST_HEADER, size - LENGTH_BYTES)) {
      throw notSafetensors(
          path,
          ("its header should have " + Long.toUnsignedString(headerLength) + " bytes")
              + (", the file has " + size));
    }
    ByteBuffer json = ByteBuffer.allocate((int) headerLength);
    readFully(path, channel, LENGTH_BYTES, json);
    long dataStart = LENGTH_BYTES + headerLength;
    Header header =
        Header.parse(
            path.toString(), new String(json.array(), StandardCharsets.UTF_8), size - dataStart);
    return new SafetensorsFile(path, channel, dataStart, header);
  }

  /** What the header says of each tensor, by name, in the order of the header. */
  public Map<String, TensorEntry> tensors() {
    return Collections.unmodifiableMap(header.tensors());
  }

  /** The free text the file carries, by key. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /**
   * What the header says of one tensor.
   *
   * @throws UnusableInputException if there is none of that name
   */
  public TensorEntry tensor(String name) {
    TensorEntry entry = header.tensors().get(name);
    if (entry == null) {
      throw new UnusableInputException("The file " + path + " has no tensor " + name + ".");
    }
    return entry;
  }

  /**
   * Reads the bytes of a tensor as they are in the file (little-endian).
   *
   * @param target where to put them; at least as many bytes must remain as the tensor has. Its
   *     position moves behind the last byte.
   */
  public void read(String name, ByteBuffer target) {
    TensorEntry entry = tensor(name);
    ByteBuffer window = target.slice(target.position(), Math.toIntExact(entry.byteCount()));
    readAt(entry.begin(), window);
    target.position(target.position() + window.capacity());
  }

  /**
   * Reads a tensor of real numbers, converting each to the nearest 32-bit float.
   *
   * @throws UnusableInputException if its elements are of another kind or too many for an array
   */
  public FloatTensor floats(String name) {
    TensorEntry entry = tensor(name);
    if (!entry.type().isReadableAsFloat()) {
      throw wrongType(entry, "real numbers");
    }
    float[] values = new float[arrayLength(entry)];
    int size = entry.type().byteCount();
    int at = 0;
    for (long offset = entry.begin(); offset < entry.end(); offset += CHUNK_BYTES) {
      ByteBuffer chunk = chunk(entry, offset);
      for (int byteIndex = 0; byteIndex < chunk.limit(); byteIndex += size) {
        values[at++] = toFloat(chunk, byteIndex, entry.type());
      }
    }
    return FloatTensor.of(values, entry.dimensions());
  }

  /**
   * Reads a tensor of whole numbers, in row-major order.
   *
   * @throws UnusableInputException if its elements are of another kind or too many for an array
   */
  public long[] longs(String name) {
    TensorEntry entry = tensor(name);
    if (!entry.type().isReadableAsLong()) {
      throw wrongType(entry, "whole numbers");
    }
    long[] values = new long[arrayLength(entry)];
    int size = entry.type().byteCount();
    int at = 0;
    for (long offset = entry.begin(); offset < entry.end(); offset += CHUNK_BYTES) {
      ByteBuffer chunk = chunk(entry, offset);
      for (int byteIndex = 0; byteIndex < chunk.limit(); byteIndex += size) {
        values[at++] = size == 8 ? chunk.getLong(byteIndex) : chunk.getInt(byteIndex);
      }
    }
    return values;
  }

  /** The path the file was opened with. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw unreadable(path, failure);
    }
  }

  private ByteBuffer chunk(TensorEntry entry, long offset) {
    int length = (int) Math.min(CHUNK_BYTES, entry.end() - offset);
    ByteBuffer chunk = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    readAt(offset, chunk);
    return chunk.flip();
  }

  private synchronized void readAt(long offset, ByteBuffer target) {
    try {
      readFully(path, channel, dataStart + offset, target);
    } catch (IOException failure) {
      throw unreadable(path, failure);
    }
  }

  private static void readFully(
      Path path, SeekableByteChannel channel, long position, ByteBuffer target) throws IOException {
    channel.position(position);
    while (target.hasRemaining()) {
      if (channel.read(target) < 0) {
        throw notSafetensors(path, "it ended while it was read");
      }
    }
  }

  private static float toFloat(ByteBuffer bytes, int index, ElementType type) {
    return switch (type) {
      case F32 -> bytes.getFloat(index);
      case F64 -> (float) bytes.getDouble(index);
      case F16 -> HalfPrecision.fromF16(bytes.getShort(index));
      case BF16 -> HalfPrecision.fromBf16(bytes.getShort(index));
      default -> throw new IllegalArgumentException("Type " + type + " is not a real number.");
    };
  }

  private int arrayLength(TensorEntry entry) {
    if (entry.elementCount() > Integer.MAX_VALUE - 8) {
      throw new UnusableInputException(
          ("Tensor " + entry.name() + " of " + path + " has " + entry.elementCount())
              + " elements, too many for an array.");
    }
    return (int) entry.elementCount();
  }

  private UnusableInputException wrongType(TensorEntry entry, String wanted) {
    return new UnusableInputException(
        ("Tensor " + entry.name() + " of " + path + " has the type " + entry.type())
            + (", which cannot be read as " + wanted + "."));
  }

  private static UnusableInputException notSafetensors(Path path, String what) {
    return new UnusableInputException(
        (path + " is not a usable safetensors file: " + what)
            + ". Maybe it is damaged or incomplete.");
  }

  private static UnusableInputException unreadable(Path path, IOException failure) {
    return new UnusableInputException(
        "The file " + path + " cannot be read: " + failure.getMessage() + ".", failure);
  }

  private static void closeQuietly(SeekableByteChannel channel, Throwable because) {
    try {
      channel.close();
    } catch (IOException failure) {
      because.addSuppressed(failure);
    }
  }
}
