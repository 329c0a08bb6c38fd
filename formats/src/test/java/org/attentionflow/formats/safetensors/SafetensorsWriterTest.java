package org.attentionflow.formats.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.attentionflow.tensor.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writing: what is written is read again, with the same bytes every time. */
class SafetensorsWriterTest {
  private static final float[] LARGE = new float[20_000];

  static {
    for (int i = 0; i < LARGE.length; i++) {
      LARGE[i] = (float) Math.sin(i);
    }
  }

  @TempDir Path folder;

  private static SafetensorsWriter floatsFirst() {
    return new SafetensorsWriter()
        .metadata("b", "zwei \"2\"")
        .metadata("a", "eins")
        .floats("x", FloatTensor.of(LARGE, 200, 100))
        .floats("one", FloatTensor.of(new float[] {Float.NaN}))
        .longs("ids", new long[] {1, -2, Long.MAX_VALUE}, 3)
        .floats("none", FloatTensor.of(new float[0], 0, 4));
  }

  private static SafetensorsWriter longsFirst() {
    return new SafetensorsWriter()
        .longs("ids", new long[] {1, -2, Long.MAX_VALUE}, 3)
        .floats("none", FloatTensor.of(new float[0], 0, 4))
        .floats("one", FloatTensor.of(new float[] {Float.NaN}))
        .floats("x", FloatTensor.of(LARGE, 200, 100))
        .metadata("a", "eins")
        .metadata("b", "zwei \"2\"");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path path = folder.resolve("t.safetensors");
    floatsFirst().write(path);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(Map.of("a", "eins", "b", "zwei \"2\""), file.metadata());
      assertArrayEquals(LARGE, file.floats("x").values());
      assertArrayEquals(new int[] {200, 100}, file.floats("x").shape());
      assertArrayEquals(new long[] {1, -2, Long.MAX_VALUE}, file.longs("ids"));
      assertEquals(0, file.floats("none").values().length);
      assertEquals(List.of(), file.tensor("one").shape());
      file.tensors().values().forEach(entry -> assertEquals(0, entry.begin() % 4));
    }
  }

  @Test
  void theOrderOfAddingDoesNotMatter() throws IOException {
    Path one = folder.resolve("one.safetensors");
    Path two = folder.resolve("two.safetensors");
    floatsFirst().write(one);
    longsFirst().write(two);
    assertEquals(-1, Files.mismatch(one, two));
  }

  @Test
  void filesAreReplacedAndNothingIsLeftBehind() throws IOException {
    Path path = folder.resolve("t.safetensors");
    new SafetensorsWriter().write(path);
    floatsFirst().write(path);
    assertThrows(
        NoSuchFileException.class,
        () -> floatsFirst().write(folder.resolve("missing").resolve("t.safetensors")));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void misuseIsRefused() {
    SafetensorsWriter writer = floatsFirst();
    FloatTensor tensor = FloatTensor.of(new float[1], 1);
    assertThrows(IllegalArgumentException.class, () -> writer.floats("x", tensor));
    assertThrows(IllegalArgumentException.class, () -> writer.longs("y", new long[2], 3));
  }
}
