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
      assertTrue(actual.metadata().getOrDefault("attentions.3", "").contains("Softmax"));
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
    CommandRun.of("instrument", bare.toString(), "-o", out, "--attention", "nothing")
        .failed(ExitCode.UNUSABLE, "nothing is no tensor");
  }
}
