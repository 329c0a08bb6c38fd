package org.attentionflow.huggingface;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders with and without what Hugging Face lays beside a model. */
class ModelFolderTest {
  private static final InputLimits UNLIMITED =
      new InputLimits(InputLimits.UNKNOWN, 0, InputLimits.UNKNOWN, InputLimits.PLAIN_POSITIONS);

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aFileIsNamedByItself() throws IOException {
    Path file = write("model.onnx", "abc");
    write("config.json", "{\"id2label\": {\"0\": \"no\", \"1\": \"yes\"}}");
    ModelFolder model = ModelFolder.beside(file);
    assertEquals("model.onnx", model.name());
    assertEquals(List.of("no", "yes"), model.config().labels());
    Map<String, String> digests = model.digests(List.of(file));
    assertEquals(List.of("config.json", "model.onnx"), List.copyOf(digests.keySet()));
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        digests.get("model.onnx"));
    assertRefused(() -> ModelFolder.beside(folder.resolve("no.onnx")), "no.onnx", "not exist");
  }

  @Test
  void foldersAreCheckedForWhatIsNeeded() throws IOException {
    assertRefused(() -> ModelFolder.of(folder.resolve("none")), "does not exist", "Maybe");
    assertRefused(() -> ModelFolder.withConfig(folder), "no config.json", "Maybe");
    assertRefused(() -> ModelFolder.of(write("model.pt", "")), "is a file", "Maybe");
    assertEquals(folder.getFileName().toString(), ModelFolder.of(folder).name());
    write("config.json", "[]");
    assertRefused(() -> ModelFolder.withConfig(folder).config(), "not a JSON object");
  }

  @Test
  void idsNeedNeitherTokenizerNorConfiguration() {
    try (ModelInputs inputs = ModelInputs.of(ModelFolder.of(folder), UNLIMITED)) {
      assertFalse(inputs.hasTokenizer());
      TokenSequence sequence = inputs.sequence(new int[] {7, 123456});
      assertEquals("123456", sequence.tokens().get(1).text());
      assertFalse(sequence.tokens().get(0).special());
      assertRefused(() -> inputs.sequence(new int[] {-1}), "-1");
      assertRefused(() -> inputs.sequence(new int[0]), "no token ids");
      assertRefused(() -> inputs.tokenize("a"), "no tokenizer.json", "Maybe");
    }
  }

  @Test
  void theConfigurationTellsThePadding() throws IOException {
    write("config.json", "{\"pad_token_id\": 1}");
    try (ModelInputs inputs = ModelInputs.of(ModelFolder.of(folder), UNLIMITED)) {
      assertEquals(Map.of("pad", 1), inputs.specialTokens());
      assertTrue(inputs.sequence(new int[] {1}).tokens().get(0).special());
    }
  }

  /** What a model has must not be passed over as if it had none. */
  @Test
  void whatIsThereAndCannotBeReadIsRefused() throws IOException {
    ModelFolder model = ModelFolder.of(folder);
    Path config = folder.resolve("config.json");
    assertEquals(Optional.empty(), model.file("config.json"));
    Files.createSymbolicLink(config, Path.of("blobs/none"));
    assertRefused(model::config, "config.json is no file", "leads to none", "Maybe");
    Files.delete(config);
    Files.createSymbolicLink(config, Path.of("config.json"));
    assertRefused(model::config, "config.json is no file");
    Files.delete(config);
    Files.createDirectory(config);
    assertRefused(model::config, "config.json is no file");
    Files.createSymbolicLink(folder.resolve("tokenizer.json"), Path.of("blobs/none"));
    assertRefused(model::tokenizer, "tokenizer.json is no file");
  }

  /** A header may claim any size; what is read as a whole is measured before. */
  @Test
  void filesThatAreTooLarge() throws IOException {
    ModelFolder model = ModelFolder.of(folder);
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("config.json").toFile(), "rw")) {
      file.setLength(3L << 30);
    }
    assertRefused(model::config, "config.json has 3221225472 bytes, more than any", "Maybe");
    assertRefused(() -> model.lines("config.json"), "3221225472 bytes");
  }

  @Test
  void filesThatOthersName() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Path part = write("inside/part", "");
    write("outside", "");
    assertEquals(Optional.of(part), ModelFolder.named(inside, "part"));
    for (String name :
        List.of("none", "", ".", "..", "../outside", "part\0", "/etc/hostname", "x".repeat(5000))) {
      assertEquals(Optional.empty(), ModelFolder.named(inside, name), name);
    }
    // The current folder is a folder like any other.
    assertTrue(ModelFolder.named(Path.of("."), "pom.xml").isPresent());
    assertTrue(ModelFolder.named(Path.of(""), "pom.xml").isPresent());
  }
}
