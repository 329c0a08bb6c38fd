package org.attentionflow.formats.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading: every element type, and files that lie. */
class SafetensorsFileTest {
  private static final long SEED = 5;

  @TempDir Path folder;

  private Path write(String header, byte[] data) throws IOException {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return write(json.length, json, data);
  }

  private Path write(long length, byte[] json, byte[] data) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(json).put(data);
    return Files.write(folder.resolve("test.safetensors"), bytes.array());
  }

  private static void assertRefused(Path path, String part) {
    UnusableInputException refusal =
        assertThrows(
            UnusableInputException.class,
            () -> {
              try (SafetensorsFile file = SafetensorsFile.open(path)) {
                file.tensors().keySet().forEach(file::floats);
              }
            });
    String message = refusal.getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains("test.safetensors"), message);
    assertTrue(message.contains(part), "'" + part + "' is not in: " + message);
  }

  @Test
  void everyReadableTypeIsRead() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(-0.1).putLong(Long.MIN_VALUE).putLong(7).putFloat(1.5f).putInt(-3).putInt(4);
    data.putShort((short) 0x3e00).putShort((short) 0xbfc0).putInt(0);
    Path path =
        write(
            "{'d':{'dtype':'F64','shape':[1],'data_offsets':[0,8]},"
                + "'l':{'dtype':'I64','shape':[2,1],'data_offsets':[8,24]},"
                + "'f':{'dtype':'F32','shape':[],'data_offsets':[24,28]},"
                + "'i':{'dtype':'I32','shape':[2],'data_offsets':[28,36]},"
                + "'h':{'dtype':'F16','shape':[1],'data_offsets':[36,38]},"
                + "'b':{'dtype':'BF16','shape':[1],'data_offsets':[38,40]},"
                + "'u':{'dtype':'U8','shape':[4],'data_offsets':[40,44]},"
                + "'e':{'dtype':'F32','shape':[0,3],'data_offsets':[44,44]},"
                + "'__metadata__':{'format':'pt'}}",
            data.array());
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(Map.of("format", "pt"), file.metadata());
      assertArrayEquals(new float[] {-0.1f}, file.floats("d").values());
      assertArrayEquals(new long[] {Long.MIN_VALUE, 7}, file.longs("l"));
      assertEquals(List.of(2L, 1L), file.tensor("l").shape());
      assertEquals(1.5f, file.floats("f").get());
      assertArrayEquals(new long[] {-3, 4}, file.longs("i"));
      assertArrayEquals(new float[] {1.5f}, file.floats("h").values());
      assertArrayEquals(new float[] {-1.5f}, file.floats("b").values());
      assertEquals(0, file.floats("e").values().length);
      assertThrows(UnusableInputException.class, () -> file.floats("u"));
      assertThrows(UnusableInputException.class, () -> file.floats("i"));
      assertThrows(UnusableInputException.class, () -> file.longs("f"));
      assertThrows(UnusableInputException.class, () -> file.floats("nothing"));
      ByteBuffer raw = ByteBuffer.allocateDirect(20);
      file.read("i", raw);
      assertEquals(8, raw.position());
      assertEquals(-3, raw.order(ByteOrder.LITTLE_ENDIAN).getInt(0));
    }
  }

  /** All 65,536 half floats, from their definition: sign · 2^(e−15) · (1 + f/1024). */
  @Test
  void halfPrecisionFollowsItsDefinition() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int e = (bits >> 10) & 31;
      double f = (bits & 1023) / 1024.0;
      double sign = bits < 1 << 15 ? 1 : -1;
      float actual = HalfPrecision.fromF16((short) bits);
      if (e == 31) {
        assertEquals(f == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN, actual);
      } else {
        double expected = e == 0 ? sign * f * 0x1p-14 : sign * (1 + f) * Math.pow(2, e - 15);
        assertEquals((float) expected, actual);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 3, 100, 1L << 31, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE, -8, -9})
  void impossibleHeaderLengthsAreRefused(long length) throws IOException {
    byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
    assertRefused(write(length, json, new byte[0]), "not a usable safetensors file");
  }

  @Test
  void shortFilesAreRefused() throws IOException {
    for (int size = 0; size < 8; size++) {
      Path path = Files.write(folder.resolve("test.safetensors"), new byte[size]);
      assertRefused(path, "only " + size + " bytes");
    }
    assertRefused(folder.resolve("missing-test.safetensors"), "does not exist");
    assertRefused(Files.createDirectories(folder.resolve("test.safetensors.d")), "cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{} {}",
        "{'a':1}",
        "{'a':{}}",
        "{'a':null}",
        "{'a':{'dtype':'F32','shape':[1]}}",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}}",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}}",
        "{'a':{'dtype':'Q4','shape':[1],'data_offsets':[0,4]}}",
        "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}}",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}}",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':[9223372036854775807,2],'data_offsets':[0,4]}}",
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}}",
        "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,4]}}",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,9223372036854775807]}}",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'x':1}}",
        "{'a':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],'data_offsets':[0,4]}}",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}}",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]}}",
        "{'__metadata__':{'a':['b']}}",
        "{'__metadata__':{'a':{'b':'c'}}}",
        "{'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]},"
            + "'b':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}}",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},"
            + "'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}",
      })
  void lyingHeadersAreRefused(String header) throws IOException {
    assertRefused(write(header, new byte[4]), "not a usable safetensors file");
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    assertRefused(write("{'a':" + "[".repeat(100_000), new byte[4]), "not a usable");
    String nested = "{'__metadata__':" + "{'a':".repeat(100_000);
    assertRefused(write(nested, new byte[4]), "not a usable");
  }

  @Test
  void pointersOfGitLfsSayWhatToDo() throws IOException {
    Path path = folder.resolve("test.safetensors");
    Files.writeString(path, "version https://git-lfs.github.com/spec/v1\n");
    assertRefused(path, "git lfs pull");
  }

  /** Damage anywhere either leaves a readable file or gives one line; never anything else. */
  @Test
  void randomDamageNeverSurprises() throws IOException {
    Random random = new Random(SEED);
    String header =
        "{'a':{'dtype':'F32','shape':[2,3],'data_offsets':[0,24]},"
            + "'b':{'dtype':'F16','shape':[4],'data_offsets':[24,32]}}";
    byte[] good = Files.readAllBytes(write(header, new byte[32]));
    for (int round = 0; round < 3000; round++) {
      byte[] bad = good.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      Path path = Files.write(folder.resolve("test.safetensors"), bad);
      try (SafetensorsFile file = SafetensorsFile.open(path)) {
        file.tensors().values().stream()
            .filter(entry -> entry.type().isReadableAsFloat())
            .forEach(entry -> file.floats(entry.name()));
      } catch (UnusableInputException refusal) {
        assertTrue(refusal.getMessage().contains("test.safetensors"), "seed " + SEED);
      }
    }
  }
}
