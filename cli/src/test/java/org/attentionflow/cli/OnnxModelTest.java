package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in checkpoint as ONNX: what the commands do with its folder and with a bare file. */
class OnnxModelTest {
  private static final String[] BESIDE = {"config.json", "tokenizer.json", "tokenizer_config.json"};

  @TempDir static Path folder;

  private static Path checkpoint;
  private static Path exported;
  private static Path bare;

  @BeforeAll
  static void export() throws IOException {
    checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
    copy("model.safetensors", checkpoint);
    exported = Files.createDirectory(folder.resolve("exported"));
    for (String name : BESIDE) {
      copy(name, checkpoint);
      copy(name, exported);
    }
    // As optimum lays it out.
    Files.createDirectory(exported.resolve("onnx"));
    BertExport.write(checkpoint, exported.resolve("onnx").resolve("model.onnx"));
    bare = folder.resolve("bare.onnx");
    Files.copy(exported.resolve("onnx").resolve("model.onnx"), bare);
  }

  private static void copy(String name, Path to) throws IOException {
    try (InputStream in =
        OnnxModelTest.class.getResourceAsStream("/org/attentionflow/model/sst2-tiny/" + name)) {
      Files.copy(in, to.resolve(name));
    }
  }

  @Test
  void aBareFileIsCapturedByIds() {
    Path captured = folder.resolve("onnx.safetensors");
    Path reference = folder.resolve("pytorch.safetensors");
    CommandRun.of(
            "capture",
            "--engine",
            "onnx-runtime",
            "-m",
            bare.toString(),
            "--ids",
            "2 7 8 9 3",
            "--hidden-states",
            "-o",
            captured.toString())
        .ok();
    CommandRun.of(
            "capture",
            "-m",
            checkpoint.toString(),
            "--ids",
            "2 7 8 9 3",
            "--hidden-states",
            "-o",
            reference.toString())
        .ok();
    try (SafetensorsFile actual = SafetensorsFile.open(captured);
        SafetensorsFile expected = SafetensorsFile.open(reference)) {
      assertEquals(expected.tensors().keySet(), actual.tensors().keySet());
      for (String name : expected.tensors().keySet()) {
        if (!name.equals("input_ids")) {
          float[] values = expected.floats(name).values();
          float largest = 0;
          for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
          }
          assertArrayEquals(values, actual.floats(name).values(), 1e-5f + 1e-4f * largest, name);
        }
      }
    }
  }

  @Test
  void aFileWithoutATokenizerSaysSo() {
    CommandRun.of("explain", "-m", bare.toString(), "a text")
        .failed(ExitCode.UNUSABLE, "tokenizer.json");
  }

  @Test
  void anInstrumentedFileIsWritten() {
    Path file = folder.resolve("instrumented.onnx");
    String printed =
        CommandRun.of("instrument", bare.toString(), "-o", file.toString(), "--embeddings")
            .ok()
            .out();
    assertTrue(printed.contains("output    attentions.3.grad float["), printed);
    assertTrue(printed.contains("input     logits.grad float["), printed);
    assertTrue(printed.contains("word_embeddings.grad"), printed);
    String json =
        CommandRun.of("instrument", bare.toString(), "-o", file.toString(), "--json").ok().out();
    assertEquals(4, JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("layers").size());
  }

  /**
   * What a refusal for uncertain attention proposes: a copy that names it is explained as named.
   */
  @Test
  void attentionThatIsNamedIsExplained() throws IOException {
    Path unsure = Files.createDirectory(folder.resolve("unsure"));
    for (String name : BESIDE) {
      Files.copy(exported.resolve(name), unsure.resolve(name));
    }
    Path config = unsure.resolve("config.json");
    String layers = "\"num_hidden_layers\": 4";
    String text = Files.readString(config);
    assertTrue(text.contains(layers), text);
    Files.writeString(config, text.replace(layers, "\"num_hidden_layers\": 2"));
    Path model = unsure.resolve("model.onnx");
    Files.copy(bare, model);
    CommandRun refused = CommandRun.of("explain", "-m", unsure.toString(), "a fine film");
    refused.failed(ExitCode.UNUSABLE, "instrument MODEL -o COPY --attention");
    String names = softmax(refused.err(), 1) + "," + softmax(refused.err(), 3);
    Path copy = unsure.resolve("named.onnx");
    CommandRun.of("instrument", model.toString(), "-o", copy.toString(), "--attention", names).ok();
    String explained =
        CommandRun.of("explain", "-m", copy.toString(), "a fine film", "--json").ok().out();
    assertTrue(explained.contains("fine"), explained);
    Path captured = folder.resolve("named.safetensors");
    CommandRun.of("capture", "-m", copy.toString(), "--ids", "2 7 3", "-o", captured.toString())
        .ok();
    try (SafetensorsFile file = SafetensorsFile.open(captured)) {
      String gradient = String.valueOf(file.tensors().get("attentions.grad"));
      assertTrue(gradient.contains("shape=[2, 4, 3, 3]"), gradient);
    }
  }

  /** The tensor that a candidate of a refusal makes: "… Softmax 'name' -> tensor: reason; …". */
  private static String softmax(String refusal, int index) {
    return refusal.split("Softmax")[index + 1].split(" -> ")[1].split(":")[0];
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
    String out = folder.resolve("x.onnx").toString();
    CommandRun.of("explain", "-m", text.toString(), "x").failed(ExitCode.UNUSABLE, "text.onnx");
    CommandRun.of("instrument", text.toString(), "-o", out).failed(ExitCode.UNUSABLE, "text.onnx");
    CommandRun.of("instrument", "/no/such.onnx", "-o", out)
        .failed(ExitCode.UNUSABLE, "does not exist");
    CommandRun.of("instrument", checkpoint.toString(), "-o", out)
        .failed(ExitCode.UNUSABLE, "instrumented");
    CommandRun.of("instrument", bare.toString(), "-o", bare.toString())
        .failed(ExitCode.UNUSABLE, "the model itself");
    Path inFolder = exported.resolve("onnx").resolve("model.onnx");
    byte[] before = Files.readAllBytes(inFolder);
    CommandRun.of("instrument", exported.toString(), "-o", inFolder.toString())
        .failed(ExitCode.UNUSABLE, "the model itself");
    assertArrayEquals(before, Files.readAllBytes(inFolder));
    CommandRun.of("instrument", bare.toString(), "-o", out, "--attention", "nothing")
        .failed(ExitCode.UNUSABLE, "nothing is no tensor");
  }
}
