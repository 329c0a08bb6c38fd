package org.attentionflow.pytorch.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.attentionflow.failure.UnusableInputException;

/**
 * A TorchScript archive, as {@code torch.jit.save} writes it: a ZIP file with the text of the code,
 * the modules as a pickle, and the elements of the tensors.
 *
 * <p>The native library never reads the archive itself, only what {@link #write} made of it after
 * every entry was read and every claim of the pickles was checked.
 */
public final class TorchArchive implements AutoCloseable {
  /** The longest pickle; those of the largest models have a few megabytes. */
  private static final long LONGEST_PICKLE = 64L << 20;

  /** The most code in all files together; that of the largest models has a few megabytes. */
  private static final long MOST_CODE = 16L << 20;

  /** Archives are not compressed; one that someone compressed shrinks little, code aside. */
  private static final long MOST_COMPRESSION = 50;

  private static final String PICKLE = "data.pkl";

  /** The entries that PyTorch needs beside the code. */
  private static final Pattern COPIED =
      Pattern.compile("(data|constants)\\.pkl|(data|constants)/.+|(\\.data/)?version|byteorder");

  private final Path file;
  private final ZipFile zip;
  private final String prefix;
  private final Map<String, String> code;
  private final PickledObject root;
  private final Map<String, StoredTensor> tensors;

  private TorchArchive(Path file, ZipFile zip) throws IOException {
    this.file = file;
    this.zip = zip;
    this.prefix = prefix(zip);
    checkByteOrder();
    this.code = readCode();
    this.root = readModules();
    this.tensors = root.tensors();
  }

  /**
   * Reads and checks the text and the pickles of an archive.
   *
   * @param file a file of the default file system
   * @throws UnusableInputException if it is damaged, or no TorchScript archive
   */
  public static TorchArchive open(Path file) {
    try {
      ZipFile zip = new ZipFile(file.toFile());
      try {
        return new TorchArchive(file, zip);
      } catch (IOException | RuntimeException failure) {
        zip.close();
        throw failure;
      }
    } catch (MalformedArchiveException damaged) {
      throw unusable(file, String.valueOf(damaged.getMessage()), damaged);
    } catch (ZipException damaged) {
      throw unusable(file, "it is no ZIP file, or a truncated one", damaged);
    } catch (IOException | IllegalArgumentException damaged) {
      throw unusable(file, String.valueOf(damaged.getMessage()), damaged);
    }
  }

  /** Whether a file begins as every archive does. */
  public static boolean looksLikeArchive(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] start = stream.readNBytes(4);
      return start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3;
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** The modules, from the outermost on. */
  public PickledObject root() {
    return root;
  }

  /**
   * The tensors of all modules by the path of attributes joined by dots; one that stands in several
   * places is listed under the first.
   */
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  /** The text of the code by the path inside the archive's code folder. */
  public Map<String, String> code() {
    return code;
  }

  /**
   * Writes the archive with other code: modules, constants and the version of the format. What
   * tells where code came from is left out, for it would no longer be true, and so is all that was
   * not checked.
   *
   * @throws UnusableInputException if an entry is damaged
   */
  public void write(Path target, Map<String, String> newCode) {
    try (OutputStream stream = Files.newOutputStream(target);
        ZipOutputStream out = new ZipOutputStream(stream)) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        boolean isOurs = entry.getName().startsWith(prefix) && !entry.isDirectory();
        if (isOurs && COPIED.matcher(entry.getName().substring(prefix.length())).matches()) {
          copy(entry, out);
        }
      }
      for (Map.Entry<String, String> text : newCode.entrySet()) {
        byte[] bytes = text.getValue().getBytes(StandardCharsets.UTF_8);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        start(out, prefix + "code/" + text.getKey(), bytes.length, checksum.getValue());
        out.write(bytes);
        out.closeEntry();
      }
    } catch (ZipException damaged) {
      throw unusable(file, "an entry does not have its size or checksum", damaged);
    } catch (IOException failure) {
      throw unusable(file, "it cannot be read or rewritten: " + failure, failure);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException failure) {
      throw unusable(file, "it cannot be closed: " + failure.getMessage(), failure);
    }
  }

  private void copy(ZipEntry entry, ZipOutputStream out) throws IOException {
    start(out, entry.getName(), entry.getSize(), entry.getCrc());
    try (InputStream in = zip.getInputStream(entry)) {
      in.transferTo(out);
    }
    out.closeEntry();
  }

  private static void start(ZipOutputStream out, String name, long size, long checksum)
      throws IOException {
    ZipEntry stored = new ZipEntry(name);
    stored.setMethod(ZipEntry.STORED);
    stored.setSize(size);
    stored.setCrc(checksum);
    stored.setTime(0);
    out.putNextEntry(stored);
  }

  /** The folder that holds everything; its name is of no importance. */
  private static String prefix(ZipFile zip) {
    Optional<String> pickle = Optional.empty();
    Set<String> names = new HashSet<>();
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      checkSize(entry);
      // PyTorch finds entries whatever the case of their letters.
      if (!names.add(entry.getName().toLowerCase(Locale.ROOT))) {
        throw new MalformedArchiveException("it has two entries " + entry.getName());
      }
      if (entry.getName().matches("[^/]+/" + PICKLE)) {
        pickle = Optional.of(entry.getName());
      }
    }
    return pickle
        .map(name -> name.substring(0, name.length() - PICKLE.length()))
        .orElseThrow(() -> new MalformedArchiveException("it has no " + PICKLE));
  }

  private static void checkSize(ZipEntry entry) {
    long size = entry.getSize();
    long packed = entry.getCompressedSize();
    if (size < 0 || packed < 0 || size / MOST_COMPRESSION > Math.max(packed, 1 << 12)) {
      throw new MalformedArchiveException(
          ("its entry " + entry.getName() + " claims to unpack " + packed + " bytes to " + size));
    }
  }

  /** Numbers in another order would be read as other numbers. */
  private void checkByteOrder() throws IOException {
    String name = prefix + "byteorder";
    if (zip.getEntry(name) != null) {
      String order = new String(bytes(name, 16), StandardCharsets.UTF_8).strip();
      if (!order.equals("little")) {
        throw new MalformedArchiveException(
            "its numbers are in the byte order '" + order + "', not 'little'");
      }
    }
  }

  private Map<String, String> readCode() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    String folder = prefix + "code/";
    long left = MOST_CODE;
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      String name = all.nextElement().getName();
      if (name.startsWith(folder) && name.endsWith(".py")) {
        byte[] bytes = bytes(name, left);
        left -= bytes.length;
        String text = new String(bytes, StandardCharsets.UTF_8);
        OutsideCalls.check(name.substring(folder.length()), text);
        texts.put(name.substring(folder.length()), text);
      }
    }
    if (texts.isEmpty()) {
      throw new MalformedArchiveException(
          "it has weights but no code: maybe torch.save wrote it, not torch.jit.save");
    }
    return texts;
  }

  private PickledObject readModules() throws IOException {
    if (zip.getEntry(prefix + "constants.pkl") != null) {
      read("constants.pkl", "constants/");
    }
    Object value = read(PICKLE, "data/");
    if (!(value instanceof PickledObject module)) {
      throw new MalformedArchiveException(PICKLE + " holds no module");
    }
    return module;
  }

  private Object read(String name, String storages) throws IOException {
    return PickleReader.read(
        name,
        bytes(prefix + name, LONGEST_PICKLE),
        key -> {
          ZipEntry entry = zip.getEntry(prefix + storages + key);
          return entry == null ? -1 : entry.getSize();
        });
  }

  private byte[] bytes(String name, long most) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry.getSize() > most) {
      throw new MalformedArchiveException(
          name + " claims " + entry.getSize() + " bytes, more than " + most);
    }
    try (InputStream stream = zip.getInputStream(entry)) {
      byte[] bytes = stream.readNBytes((int) entry.getSize());
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      if (bytes.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
        throw new MalformedArchiveException(name + " does not have its size or checksum");
      }
      return bytes;
    }
  }

  private static UnusableInputException unusable(Path file, String why, Exception cause) {
    return new UnusableInputException(
        ("The file " + file + " is not a usable TorchScript archive: " + why + ".")
            + " Maybe export it anew with torch.jit.save(torch.jit.trace(model, inputs), file).",
        cause);
  }
}
