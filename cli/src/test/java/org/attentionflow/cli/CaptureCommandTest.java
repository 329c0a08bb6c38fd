package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures written to files. */
class CaptureCommandTest {
  @TempDir Path folder;

  private static JsonObject header(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return JsonParser.parseString(new String(bytes, 8, length, StandardCharsets.UTF_8))
        .getAsJsonObject();
  }

  private static String shape(JsonObject header, String name) {
    JsonObject entry = header.getAsJsonObject(name);
    return entry.get("dtype").getAsString() + entry.getAsJsonArray("shape");
  }

  @Test
  void theTensorsHaveTheirNamesAndShapes() throws IOException {
    Path file = folder.resolve("c.safetensors");
    CommandRun.of("capture", "--ids", "2 7 8 9 3", "--hidden-states", "-o", file.toString()).ok();
    JsonObject header = header(file);
    header.remove("__metadata__");
    assertEquals(
        Set.of(
            "input_ids",
            "logits",
            "attentions",
            "attentions.grad",
            "hidden_states",
            "hidden_states.grad"),
        header.keySet());
    assertEquals("I64[5]", shape(header, "input_ids"));
    assertEquals("F32[2]", shape(header, "logits"));
    assertEquals("F32[4,4,5,5]", shape(header, "attentions"));
    assertEquals("F32[4,4,5,5]", shape(header, "attentions.grad"));
    assertEquals("F32[5,5,128]", shape(header, "hidden_states"));
    assertEquals("F32[5,5,128]", shape(header, "hidden_states.grad"));
  }

  @Test
  void aTextIsTokenized() throws IOException {
    Path file = folder.resolve("c.safetensors");
    CommandRun.of("capture", "--text", "a smart dog", "--contrast", "1/0", "-o", file.toString())
        .ok();
    JsonObject header = header(file);
    assertEquals("I64[5]", shape(header, "input_ids"));
    assertEquals("1/0", header.getAsJsonObject("__metadata__").get("target").getAsString());
  }

  @Test
  void idsAreSeparatedBySpacesOrCommas() {
    int[] expected = {101, 7, 102};
    assertArrayEquals(expected, CaptureCommand.ids("101 7 102"));
    assertArrayEquals(expected, CaptureCommand.ids(" [101, 7,102] "));
  }
}
