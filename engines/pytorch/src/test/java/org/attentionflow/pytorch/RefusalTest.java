package org.attentionflow.pytorch;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Target;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.testkit.ResourceFolder;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way a model or an input can be unusable, with the line the user reads. */
class RefusalTest {
  private static final String WORD = "bert.embeddings.word_embeddings.weight";

  @TempDir Path temporary;

  private ModelCopy copy(String name) throws IOException {
    return ModelCopy.of(name, temporary.resolve("model"));
  }

  private static void assertOpenRefused(ModelCopy model, String... parts) {
    assertRefused(model::open, parts);
  }

  @Test
  void folders() throws IOException {
    Path missing = temporary.resolve("bert-base-uncased");
    assertOpenRefused(new ModelCopy(missing), "does not exist", "bert-base-uncased", "Maybe");
    Path file = Files.createFile(temporary.resolve("model.onnx"));
    assertOpenRefused(new ModelCopy(file), "is a file", "Maybe");
    assertOpenRefused(new ModelCopy(temporary), "no config.json", "Maybe");
    PytorchEngine engine = new PytorchEngine();
    assertFalse(engine.accepts(missing));
    assertFalse(engine.accepts(file));
    assertFalse(engine.accepts(temporary));
    assertTrue(engine.accepts(copy("bert").folder()));
  }

  @Test
  void configurations() throws IOException {
    ModelCopy model = copy("bert");
    Path config = model.folder().resolve("config.json");
    String good = Files.readString(config);
    Files.writeString(config, "{\"model_type\": ");
    assertOpenRefused(model, "config.json", "not valid JSON");
    Files.writeString(config, "[]");
    assertOpenRefused(model, "config.json", "not a JSON object");
    Files.writeString(config, "{}");
    assertOpenRefused(model, "model_type is missing", "albert, bert, camembert");
    Files.writeString(config, good.replace("\"bert\"", "\"gpt2\""));
    assertOpenRefused(model, "'gpt2'", "supported are albert, bert, camembert, distilbert");
    Files.writeString(config, good.replace("BertForSequenceClassification", "BertForMaskedLM"));
    assertOpenRefused(model, "BertForMaskedLM", "BertForSequenceClassification", "Maybe");
    Files.writeString(config, good.replace("\"BertForSequenceClassification\"", "{}"));
    model.open().close();
    Files.writeString(config, good.replace("\"gelu\"", "\"mish\""));
    assertOpenRefused(model, "hidden_act", "'mish'", "gelu");
    Files.writeString(config, good.replace("\"hidden_size\": 48", "\"hidden_size\": \"wide\""));
    assertOpenRefused(model, "hidden_size", "'wide'", "number");
    Files.writeString(config, good.replace("\"hidden_size\": 48,", ""));
    assertOpenRefused(model, "hidden_size", "missing");
    Files.writeString(config, good.replace("heads\": 4", "heads\": 5"));
    assertOpenRefused(model, "num_attention_heads", "does not divide");
    Files.writeString(config, good.replace("heads\": 4", "heads\": 0"));
    assertOpenRefused(model, "num_attention_heads", "at least 1");
    Files.writeString(config, good.replace("layers\": 3", "layers\": 2000000000"));
    assertOpenRefused(model, "lack 1001 tensors");
    String relative = "{\"position_embedding_type\": \"relative_key\",";
    Files.writeString(config, good.replaceFirst("\\{", relative));
    assertOpenRefused(model, "position_embedding_type", "relative_key", "absolute");
    Files.writeString(config, good.replace("\"is_decoder\": false", "\"is_decoder\": true"));
    assertOpenRefused(model, "is_decoder");
  }

  @Test
  void picklesSayHowToConvert() throws IOException {
    ModelCopy model = copy("bert");
    Files.move(model.weights(), model.folder().resolve("pytorch_model.bin"));
    assertTrue(new PytorchEngine().accepts(model.folder()));
    assertOpenRefused(model, "pytorch_model.bin", "Maybe convert it", "save_pretrained");
    Files.delete(model.folder().resolve("pytorch_model.bin"));
    assertFalse(new PytorchEngine().accepts(model.folder()));
    assertOpenRefused(model, "no weights", "model.safetensors");
  }

  @Test
  void damagedWeights() throws IOException {
    ModelCopy model = copy("bert");
    byte[] bytes = Files.readAllBytes(model.weights());
    for (int length : new int[] {0, 7, 8, 100, bytes.length - 1}) {
      Files.write(model.weights(), Arrays.copyOf(bytes, length));
      assertOpenRefused(model, "model.safetensors", "not a usable safetensors file", "Maybe");
    }
    Files.writeString(model.weights(), "version https://git-lfs.github.com/spec/v1\noid sha256:0");
    assertOpenRefused(model, "model.safetensors", "git lfs pull");
  }

  @Test
  void missingAndSurplusAndMisshapenTensors() throws IOException {
    ModelCopy model = copy("bert");
    Map<String, FloatTensor> tensors = model.tensors();
    FloatTensor words = tensors.remove(WORD);
    model.write(tensors);
    assertOpenRefused(model, "lack the tensor " + WORD, "Maybe");
    tensors.keySet().removeIf(name -> name.contains("layer.1"));
    model.write(tensors);
    assertOpenRefused(model, "lack 17 tensors", WORD, "14 more");
    ModelCopy other = ModelCopy.of("bert", temporary.resolve("other"));
    tensors = other.tensors();
    tensors.put("bert.extra", words);
    other.write(tensors);
    assertOpenRefused(other, "the tensor bert.extra", "does not use");
    tensors.remove("bert.extra");
    tensors.put(WORD, FloatTensor.of(new float[96], 2, 48));
    other.write(tensors);
    assertOpenRefused(other, WORD, "[2, 48]", "[400, 48]");
  }

  @Test
  void missingShards() throws IOException {
    ModelCopy model = copy("bert");
    Files.delete(model.weights());
    Path index = model.folder().resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\": {\"a\": \"model-00001-of-00002.safetensors\"}}");
    assertOpenRefused(model, "model-00001-of-00002.safetensors", "not in the folder", "Maybe");
    Files.writeString(index, "{\"weight_map\": {\"a\": \"../../secret.safetensors\"}}");
    assertOpenRefused(model, "secret.safetensors", "not in the folder");
    Files.writeString(index, "{\"weight_map\": {\"a\": \"a\\u0000.safetensors\"}}");
    assertOpenRefused(model, "not in the folder");
    Files.writeString(index, "{\"weight_map\": {\"a\": []}}");
    assertOpenRefused(model, "weight_map");
    Files.writeString(index, "{}");
    assertOpenRefused(model, "weight_map");
  }

  @Test
  void missingTokenizers() throws IOException {
    ModelCopy model = copy("bert");
    try (PytorchSession session = model.open()) {
      assertRefused(() -> session.tokenize("good"), "no tokenizer.json", "Maybe");
      Files.createFile(model.folder().resolve("vocab.txt"));
      assertRefused(() -> session.tokenize("good"), "only a bare vocabulary", "AutoTokenizer");
      assertEquals(3, session.sequence(new int[] {2, 7, 3}).size());
      assertEquals("7", session.sequence(new int[] {2, 7, 3}).tokens().get(1).text());
      assertEquals(Map.of("pad", 0), session.model().specialTokens());
    }
  }

  @Test
  void aTokenizerOfAnotherModel() throws IOException {
    ModelCopy model = copy("bert");
    Files.copy(
        ResourceFolder.smallClassifier().resolve("tokenizer.json"),
        model.folder().resolve("tokenizer.json"));
    assertOpenRefused(model, "8000 tokens", "400", "Maybe");
  }

  @Test
  void unusableInputs() {
    try (PytorchSession session = Goldens.open("bert");
        PytorchSession roberta = Goldens.open("roberta")) {
      assertRefused(() -> session.sequence(new int[0]), "no token ids");
      assertRefused(() -> session.sequence(new int[] {2, 400}), "400", "vocabulary of 400");
      assertRefused(() -> session.sequence(new int[] {-1}), "-1", "0 to 399");
      assertRefused(() -> session.sequence(new int[129]), "129 tokens > 128");
      assertEquals(126, roberta.model().maximumTokens());
      assertRefused(() -> roberta.sequence(new int[127]), "127 tokens > 126");
      TokenSequence made = TokenSequence.of("", List.of(new Token(0, 4000, "", 0, 0, false)));
      assertRefused(() -> session.logits(List.of(made)), "4000");
      TokenSequence segmented =
          new TokenSequence("", List.of(new Token(0, 4, "", 0, 0, false)), List.of(2));
      assertRefused(() -> session.logits(List.of(segmented)), "Segment 2");
      TokenSequence good = session.sequence(new int[] {2, 7, 3});
      assertRefused(
          () -> session.capture(List.of(good), RecordedCheckpoint.everything(new Target.Index(3))),
          "Target 3");
    }
  }

  @Test
  void logitsThatAreNoNumbers() throws IOException {
    ModelCopy model = copy("bert");
    Map<String, FloatTensor> tensors = model.tensors();
    tensors.put("classifier.bias", FloatTensor.of(new float[] {0, Float.NaN, 0}, 3));
    try (PytorchSession session = model.write(tensors).open()) {
      TokenSequence input = session.sequence(new int[] {2, 7, 3});
      assertRefused(() -> session.logits(List.of(input)), "NaN", "Maybe");
    }
  }

  @Test
  void aFailedOpenLeavesTheEngineUsable() throws IOException {
    ModelCopy model = copy("bert").rename("classifier", "head");
    assertOpenRefused(model, "classifier.weight");
    try (PytorchSession session =
        PytorchEngine.openSession(Goldens.folder("bert"), EngineSettings.defaults())) {
      assertEquals(3, session.logits(List.of(session.sequence(new int[] {2}))).get(0).length);
    }
  }
}
