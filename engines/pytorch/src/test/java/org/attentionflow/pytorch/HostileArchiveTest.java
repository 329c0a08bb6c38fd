package org.attentionflow.pytorch;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged and malicious archives: one line, and the virtual machine goes on. */
class HostileArchiveTest {
  private static final String MODULES = "bert/data.pkl";

  @TempDir Path folder;

  /** Changes the bytes of an entry; null leaves it out. */
  private interface Change {
    byte[] apply(String name, byte[] bytes);
  }

  private Path write(Change change) throws IOException {
    Path file = folder.resolve("model.pt");
    try (ZipFile zip = new ZipFile(TorchScriptTest.archive("bert").toFile());
        OutputStream stream = Files.newOutputStream(file);
        ZipOutputStream out = new ZipOutputStream(stream)) {
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

  private Path writeModules(byte[] pickle) throws IOException {
    return write((name, bytes) -> name.equals(MODULES) ? pickle : bytes);
  }

  private static byte[] modules() throws IOException {
    try (ZipFile zip = new ZipFile(TorchScriptTest.archive("bert").toFile());
        InputStream in = zip.getInputStream(zip.getEntry(MODULES))) {
      return in.readAllBytes();
    }
  }

  private static void open(Path file) {
    PytorchEngine.openSession(file, EngineSettings.defaults()).close();
  }

  @Test
  void whatIsNoArchive() throws IOException {
    Path file = folder.resolve("model.pt");
    Files.writeString(file, "no archive");
    assertFalse(new PytorchEngine().accepts(file));
    assertRefused(() -> open(file), "model.pt", "no ZIP file", "Maybe");
    Files.write(file, new byte[0]);
    assertRefused(() -> open(file), "model.pt", "Maybe");
    byte[] good = Files.readAllBytes(TorchScriptTest.archive("bert"));
    for (int length : new int[] {4, 100, good.length / 2, good.length - 1}) {
      Files.write(file, Arrays.copyOf(good, length));
      assertRefused(() -> open(file), "model.pt", "Maybe");
    }
  }

  @Test
  void missingParts() throws IOException {
    Path withoutCode = write((name, bytes) -> name.contains("/code/") ? null : bytes);
    assertRefused(() -> open(withoutCode), "weights but no code", "torch.jit.save");
    Path withoutModules = write((name, bytes) -> name.equals(MODULES) ? null : bytes);
    assertRefused(() -> open(withoutModules), "no data.pkl");
    Path withoutWeights = write((name, bytes) -> name.startsWith("bert/data/") ? null : bytes);
    assertRefused(() -> open(withoutWeights), "needs the storage", "not in the archive");
    Path emptied =
        write((name, bytes) -> name.equals("bert/data/2") ? Arrays.copyOf(bytes, 8) : bytes);
    assertRefused(() -> open(emptied), "claims 19200 elements", "8 bytes");
    Path withoutConstants = write((name, bytes) -> name.contains("constants") ? null : bytes);
    assertRefused(() -> open(withoutConstants), "Maybe");
  }

  @Test
  void claimsOfGreatSizes() throws IOException {
    byte[] zeros = new byte[80 << 20];
    Path bomb = write((name, bytes) -> name.equals(MODULES) ? zeros : bytes);
    assertRefused(() -> open(bomb), "data.pkl claims to unpack", "83886080");
    byte[] pickle = modules();
    // The first storage's element count, a byte behind "cpu": 128 becomes 2³¹ − 1.
    byte[] grown = Arrays.copyOf(pickle, pickle.length);
    int at = new String(pickle, StandardCharsets.ISO_8859_1).indexOf("cpuq\u000eK") + 5;
    byte[] number = {'J', -1, -1, -1, 127};
    byte[] claim = new byte[pickle.length + 3];
    System.arraycopy(grown, 0, claim, 0, at);
    System.arraycopy(number, 0, claim, at, number.length);
    System.arraycopy(grown, at + 2, claim, at + number.length, pickle.length - at - 2);
    assertRefused(() -> open(writeModules(claim)), "claims 2147483647 elements");
  }

  @Test
  void deepBrackets() throws IOException {
    Path deep =
        write(
            (name, bytes) ->
                name.equals("bert/code/__torch__.py")
                    ? (new String(bytes, StandardCharsets.UTF_8)
                            + ("    x = " + "(".repeat(100_000) + ")".repeat(100_000) + "\n"))
                        .getBytes(StandardCharsets.UTF_8)
                    : bytes);
    assertRefused(() -> open(deep), "open brackets");
    Path open = write((name, bytes) -> name.endsWith(".py") ? "class X(".getBytes() : bytes);
    assertRefused(() -> open(open), "leaves a bracket open");
  }

  /** Whatever a pickle is damaged to, it is refused in one line or means something. */
  @Test
  void damagedPickles() throws IOException {
    byte[] pickle = modules();
    for (int length : new int[] {0, 1, 50, pickle.length / 2, pickle.length - 1}) {
      Path file = writeModules(Arrays.copyOf(pickle, length));
      assertRefused(() -> open(file), "data.pkl", "Maybe");
    }
    long seed = 20_240_517;
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      byte[] damaged = pickle.clone();
      for (int i = 0; i < 3; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Path file = writeModules(damaged);
      try {
        open(file);
      } catch (UnusableInputException refused) {
        assertRefused(
            () -> {
              throw refused;
            },
            "model.pt");
      }
    }
  }
}
