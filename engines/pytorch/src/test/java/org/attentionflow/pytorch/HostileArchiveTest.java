package org.attentionflow.pytorch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and malicious archives: one line, and the virtual machine goes on. */
class HostileArchiveTest {
  private static final String MODULES = "bert/data.pkl";
  private static final int ROUNDS = 60;

  @TempDir Path folder;

  private Path write(ChangedArchive.Change change) throws IOException {
    return ChangedArchive.write(folder.resolve("model.pt"), change);
  }

  private Path writeModules(byte[] pickle) throws IOException {
    return ChangedArchive.withModules(folder.resolve("model.pt"), pickle);
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
    byte[] pickle = ChangedArchive.modules();
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

  @Test
  void codeThatIsNone() throws IOException {
    assertCodeRefused("  def forward(", "  def forward():\n    pass\n  def other(", "lacks self");
    assertCodeRefused(
        "self: __torch__.Wrapped,\n", "self: __torch__.Wrapped,\ndef f(x):\n", "inside brackets");
    assertCodeRefused(" -> Tuple[Tensor, Tensor, Tensor, Tensor]:", "", "no type of its result");
    String name = "__torch__" + ".a".repeat(100_000);
    Path called = withCode("    return", "    x = " + name + "(1)\n    return");
    assertRefused(() -> open(called), "model.pt");
  }

  /** PyTorch parses and compiles by recursion, which would end the process. */
  @Test
  void codeThatIsTooDeep() throws IOException {
    assertAdded("x = " + "-".repeat(100_000) + "1", "operators");
    assertAdded("x = " + "not ".repeat(100_000) + "True", "operators");
    assertAdded("x = 1" + " + 1".repeat(100_000), "operators");
    assertAdded("x = m" + ".m".repeat(100_000), "operators");
    assertAdded("x = m" + "[0]".repeat(100_000), "operators");
    assertAdded("x = " + "1 if True else ".repeat(100_000) + "1", "operators");
    StringBuilder blocks = new StringBuilder("pass");
    for (int depth = 2; depth < 1000; depth++) {
      blocks.append("\n").append("  ".repeat(depth)).append("if True:");
    }
    assertAdded(blocks + "\n" + "  ".repeat(1000) + "pass", "blocks");
    assertAdded("if True:\n      pass" + "\n    elif True:\n      pass".repeat(10_000), "blocks");
  }

  /** The interpreter of PyTorch has functions that write files, map them, and print. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.save(1, \"FILE\")",
        "torch . save(1, \"FILE\")",
        "torch.\\\n      save(1, \"FILE\")",
        "(torch.  # here\n      save)(1, \"FILE\")",
        "ops.aten.save(1, \"FILE\")",
        "getattr(torch, \"save\")(1, \"FILE\")",
        "getattr(torch, \"s\\x61ve\")(1, \"FILE\")",
        "t = torch\n    t.save(1, \"FILE\")",
        "x = torch.from_file(\"FILE\", True, 4)",
        "print(\"text among the results\")",
        "p = print\n    p(1)"
      })
  void codeThatDoesMoreThanCompute(String statement) throws IOException {
    Path written = folder.resolve("written");
    assertAdded(statement.replace("FILE", written.toString()), "would do more than compute");
    assertFalse(Files.exists(written));
  }

  @Test
  void numbersInAnotherOrder() throws IOException {
    Path big =
        write((name, bytes) -> name.equals("bert/byteorder") ? "big".getBytes(UTF_8) : bytes);
    assertRefused(() -> open(big), "byte order 'big', not 'little'");
  }

  private void assertAdded(String statement, String why) throws IOException {
    assertCodeRefused("    m = self.m\n", "    m = self.m\n    " + statement + "\n", why);
  }

  private Path withCode(String from, String to) throws IOException {
    return ChangedArchive.writeUnpacked(
        folder.resolve("model.pt"),
        (name, bytes) ->
            name.equals("bert/code/__torch__.py")
                ? new String(bytes, StandardCharsets.UTF_8)
                    .replace(from, to)
                    .getBytes(StandardCharsets.UTF_8)
                : bytes);
  }

  private void assertCodeRefused(String from, String to, String why) throws IOException {
    Path file = withCode(from, to);
    assertRefused(() -> open(file), "model.pt", why);
  }

  /** PyTorch looks entries up whatever the case of their letters, and would take the wrong one. */
  @Test
  void entriesThatDifferInCaseAlone() throws IOException {
    Path twice = write((name, bytes) -> bytes);
    try (FileSystem zip = FileSystems.newFileSystem(twice)) {
      Files.createDirectory(zip.getPath("bert/DATA"));
      Files.write(zip.getPath("bert/DATA/2"), new byte[4]);
    }
    assertRefused(() -> open(twice), "two entries");
  }

  /** PyTorch would read it in the place of the pickles that were checked. */
  @Test
  void nothingUncheckedReachesPytorch() throws IOException {
    Path file = write((name, bytes) -> bytes);
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.writeString(zip.getPath("bert/model.json"), "{}");
    }
    open(file);
  }

  /** A failure while the archive is rewritten leaves nothing behind. */
  @Test
  void temporaryFilesGo() throws IOException {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    byte[] good = Files.readAllBytes(TorchScriptTest.archive("bert"));
    String bytes = new String(good, StandardCharsets.ISO_8859_1);
    // Elements that do not have their checksum are noticed when they are copied.
    int at = bytes.indexOf("bert/data/2") + 2000;
    good[at] ^= 1;
    Path file = Files.write(folder.resolve("model.pt"), good);
    assertRefused(() -> open(file, temporary), "size or checksum");
    Map<String, String> create = Map.of("create", "true");
    try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("outer.zip"), create)) {
      Path inside = Files.write(zip.getPath("model.pt"), good);
      assertRefused(() -> open(inside, temporary), "size or checksum");
    }
    open(TorchScriptTest.archive("bert"), temporary);
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static void open(Path archive, Path temporary) {
    TorchScriptFile file = TorchScriptFile.at(archive).orElseThrow();
    TorchScriptOpening.open(file, EngineSettings.defaults(), temporary).close();
  }

  /** Whatever a pickle is damaged to, it is refused in one line or means something. */
  @Test
  void damagedPickles() throws IOException {
    byte[] pickle = ChangedArchive.modules();
    for (int length : new int[] {0, 1, 50, pickle.length / 2, pickle.length - 1}) {
      Path file = writeModules(Arrays.copyOf(pickle, length));
      assertRefused(() -> open(file), "data.pkl", "Maybe");
    }
    long seed = 20_240_517;
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = pickle.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      String what = "seed " + seed + ", round " + round;
      refused += isRefused(writeModules(damaged), what) ? 1 : 0;
    }
    // Nearly all bytes are structure, names and sizes.
    assertTrue(refused >= ROUNDS / 2, refused + " of " + ROUNDS + " were refused");
    // Whether the outermost module is in training means nothing to a model without dropout.
    byte[] harmless = pickle.clone();
    int newFalse = new String(pickle, StandardCharsets.ISO_8859_1).indexOf('\u0089');
    harmless[newFalse]--;
    assertFalse(isRefused(writeModules(harmless), "training"));
  }

  /** Refused in one line, or a model whose attention is attention and whose logits are numbers. */
  private static boolean isRefused(Path file, String what) {
    Capture capture;
    try (PytorchSession session = PytorchEngine.openSession(file, EngineSettings.defaults())) {
      TokenSequence input = session.sequence(new int[] {2, 9, 8, 3});
      CaptureRequest request = CaptureRequest.attentionAndGradient(Target.predicted());
      capture = session.capture(List.of(input), request).get(0);
    } catch (UnusableInputException refusal) {
      String message = String.valueOf(refusal.getMessage());
      assertEquals(1, message.lines().count(), what + ": " + message);
      return true;
    }
    assertEquals(3, capture.logits().length, what);
    List<AttentionLayer> layers = capture.attention(AttentionKind.ENCODER);
    assertEquals(3, layers.size(), what);
    for (AttentionLayer layer : layers) {
      float[] values = layer.attention().values();
      for (int row = 0; row < values.length; row += 4) {
        float sum = values[row] + values[row + 1] + values[row + 2] + values[row + 3];
        assertEquals(1, sum, 1e-5, what);
      }
    }
    return false;
  }
}
