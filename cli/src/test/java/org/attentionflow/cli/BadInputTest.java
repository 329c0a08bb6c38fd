package org.attentionflow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.attentionflow.testkit.torchscript.TracedBert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake of the user is one line and an exit code. */
class BadInputTest {
  @TempDir Path folder;

  private Path model;

  @BeforeEach
  void copyModel() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
    String resources = "/org/attentionflow/model/sst2-tiny/";
    for (String name : new String[] {"config.json", "model.safetensors", "tokenizer.json"}) {
      try (InputStream in = BadInputTest.class.getResourceAsStream(resources + name)) {
        Files.copy(in, model.resolve(name));
      }
    }
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        Arguments.of("does not exist", new String[] {"explain", "-m", "/no/such/folder", "x"}),
        Arguments.of("mu (-1.0)", new String[] {"explain", "--mu", "-1", "x"}),
        Arguments.of("mu (0.0)", new String[] {"explain", "--mu", "0", "x"}),
        Arguments.of("mu (NaN)", new String[] {"explain", "--mu", "NaN", "x"}),
        Arguments.of("mu (-2.0)", new String[] {"explain", "--mu-absolute", "-2", "x"}),
        Arguments.of("'nosuch'", new String[] {"explain", "--solver", "nosuch", "x"}),
        Arguments.of("'nosuch'", new String[] {"explain", "--method", "nosuch", "x"}),
        Arguments.of("'nosuch'", new String[] {"explain", "--engine", "nosuch", "x"}),
        Arguments.of("'nosuch'", new String[] {"explain", "--target", "nosuch", "x"}),
        Arguments.of("'nosuch'", new String[] {"explain", "--target", "nosuch", "x", "y"}),
        Arguments.of("--top -1", new String[] {"explain", "--top", "-1", "x"}),
        Arguments.of("runtime.workers", new String[] {"explain", "--workers", "-1", "x"}),
        Arguments.of("Target 7", new String[] {"explain", "--target", "7", "x"}),
        Arguments.of("no token", new String[] {"explain", ""}),
        Arguments.of("no token", new String[] {"explain", " \t "}),
        Arguments.of("solver.mu?", new String[] {"explain", "--set", "solver.mue=1", "x"}),
        Arguments.of("nearest first: ", new String[] {"explain", "--set", "nokey=1", "x"}),
        Arguments.of("mu (-1.0)", new String[] {"bench", "--mu", "-1", "--tokens", "4"}),
        Arguments.of("pytorch?", new String[] {"explain", "--engine", "pytorsh", "x"}),
        Arguments.of("barrier?", new String[] {"mu-path", "--text", "x", "--solver", "barier"}),
        Arguments.of("a number", new String[] {"explain", "--set", "solver.mu=a", "x"}),
        Arguments.of("/no/such", new String[] {"explain", "--settings", "/no/such", "x"}),
        Arguments.of("/no/such", new String[] {"explain", "-f", "/no/such"}),
        Arguments.of("/no/such", new String[] {"explain", "-o", "/no/such/x.html", "x"}),
        Arguments.of("'pdf'", new String[] {"explain", "-o", "x.pdf", "x"}),
        Arguments.of("602 tokens", new String[] {"explain", "word ".repeat(600)}),
        Arguments.of("/no/such", new String[] {"solve", "/no/such"}),
        Arguments.of("'nosuch'", new String[] {"solve", "x.json", "--solver", "nosuch"}),
        Arguments.of("'nosuch'", new String[] {"describe", "nosuch"}),
        Arguments.of("at least 1", new String[] {"bench", "--tokens", "0"}),
        Arguments.of(
            "whole numbers", new String[] {"capture", "--ids", "a", "-o", "x.safetensors"}),
        Arguments.of(
            "none of the engines (onnx-runtime, pytorch, tensorflow) runs encoder-decoders",
            new String[] {"capture", "--ids", "2", "--decoder-ids", "2", "-o", "x.safetensors"}));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void isOneLineAndExitCode3(String word, String[] args) {
    CommandRun.of(args).failed(ExitCode.UNUSABLE, word);
  }

  static Stream<Arguments> usage() {
    return Stream.of(
        Arguments.of("'--nosuch'", new String[] {"explain", "--nosuch", "x"}),
        Arguments.of("KEY=VALUE", new String[] {"explain", "--set", "abc", "x"}),
        Arguments.of(
            "option --mu, --mu-relative: 'abc' is not a number",
            new String[] {"explain", "--mu", "abc", "x"}),
        Arguments.of(
            "option --mu, --mu-absolute: 'abc' is not a number",
            new String[] {"solve", "a", "--mu", "abc"}),
        Arguments.of(
            "'1.5' is not a whole number", new String[] {"solve", "a", "--threads", "1.5"}),
        Arguments.of("[attention, attention-gradient]", new String[] {"bench", "--kind", "nosuch"}),
        Arguments.of("not both", new String[] {"bench", "--sweep", "--report", "x.json"}),
        Arguments.of("Maybe add --sweep", new String[] {"bench", "--tokens", "8,16"}),
        Arguments.of("not both", new String[] {"explain", "--mu", "1", "--mu-absolute", "1", "x"}),
        Arguments.of(
            "not both", new String[] {"explain", "--target", "1", "--contrast", "1/0", "x"}),
        Arguments.of("not both", new String[] {"explain", "-f", "a", "x"}),
        Arguments.of("mutually exclusive", new String[] {"explain", "--words", "--tokens", "x"}),
        Arguments.of(
            "mutually exclusive", new String[] {"solve", "a", "--mu", "1", "--mu-relative", "1"}),
        Arguments.of("FILE", new String[] {"solve"}),
        Arguments.of("Did you mean explain?", new String[] {"explian", "x"}),
        Arguments.of("methods, engines", new String[] {"list", "nosuch"}),
        Arguments.of("'x'", new String[] {"bench", "--layers", "x"}),
        Arguments.of("--ids", new String[] {"capture", "-o", "x.safetensors"}));
  }

  @ParameterizedTest
  @MethodSource("usage")
  void isOneLineAndExitCode2(String word, String[] args) {
    CommandRun.of(args).failed(ExitCode.USAGE, word);
  }

  @Test
  void aDamagedCheckpointIsRefused() throws IOException {
    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    CommandRun.of("explain", "-m", model.toString(), "x")
        .failed(ExitCode.UNUSABLE, "model.safetensors");
  }

  /**
   * Modules that are their own attributes, and a key too deep for the stack of whoever reads it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "c__torch__\nA\n)\u0081q\0}(X\1\0\0\0ah\0X\1\0\0\0bh\0ub.",
        "c__torch__\nA\n)\u0081})$Nsb."
      })
  void aHostileArchiveIsRefused(String modules) throws IOException {
    Path archive = folder.resolve("traced.pt");
    TracedBert.write(model, archive);
    CommandRun.of("capture", "-m", archive.toString(), "--ids", "2,3", "-o", out()).ok();
    String pickle = "\u0080\2" + modules.replace("$", "\u0085".repeat(100_000));
    try (FileSystem zip = FileSystems.newFileSystem(archive)) {
      Files.write(zip.getPath("traced/data.pkl"), pickle.getBytes(StandardCharsets.ISO_8859_1));
    }
    CommandRun.of("capture", "-m", archive.toString(), "--ids", "2,3", "-o", out())
        .failed(ExitCode.UNUSABLE, "traced.pt is not a usable TorchScript archive");
    CommandRun.of("explain", "-m", archive.toString(), "x").failed(ExitCode.UNUSABLE, "traced.pt");
  }

  private String out() {
    return folder.resolve("capture.safetensors").toString();
  }

  @Test
  void theTokenizerOfAnotherModelIsRefused() throws IOException {
    Path tokenizer = model.resolve("tokenizer.json");
    // One more word than the model has embeddings for.
    String text = Files.readString(tokenizer);
    Files.writeString(tokenizer, text.replaceFirst("\"smart\": *\\d+", "\"smart\": 99999"));
    CommandRun.of("explain", "-m", model.toString(), "a smart dog")
        .failed(ExitCode.UNUSABLE, "tokenizer");
  }

  @Test
  void aFolderWithoutWeightsIsRefused() throws IOException {
    Files.delete(model.resolve("model.safetensors"));
    CommandRun.of("explain", "-m", model.toString(), "x").failed(ExitCode.UNUSABLE, "model");
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWithTheirPlace() throws IOException {
    Path texts = folder.resolve("texts.txt");
    Files.write(texts, new byte[] {'g', 'o', 'o', 'd', '\n', 'b', 'a', 'd', ' ', (byte) 0xff});
    CommandRun.of("explain", "-f", texts.toString())
        .failed(ExitCode.UNUSABLE, "texts.txt: line 2, byte 5 (0xff)");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    Path texts = Files.createFile(folder.resolve("texts.txt"));
    CommandRun.of("explain", "-f", texts.toString()).failed(ExitCode.UNUSABLE, "no text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-0.5", "\"a\"", "1e999"})
  void capacitiesThatAreNoneAreRefused(String capacity) throws IOException {
    Path network = folder.resolve("network.json");
    Files.writeString(network, "{\"capacity\": [[[" + capacity + "]]]}");
    CommandRun.of("solve", network.toString()).failed(ExitCode.UNUSABLE, "network.json");
  }
}
