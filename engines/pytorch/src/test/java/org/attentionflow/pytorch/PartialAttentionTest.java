package org.attentionflow.pytorch;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.attentionflow.engine.EngineSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives whose attention is found in part, or is not what the configuration beside it says. */
class PartialAttentionTest {
  private static final String SOFTMAX = "torch.softmax(input, -1)";

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.pt");
  }

  private void change(UnaryOperator<String> code) throws IOException {
    TorchScriptTest.rewrite(TorchScriptTest.archive("bert"), file, code);
  }

  /** A configuration beside the archive. */
  private void configure(Consumer<JsonObject> change) throws IOException {
    Path config = folder.resolve("config.json");
    Files.deleteIfExists(config);
    Files.copy(Goldens.folder("bert").resolve("config.json"), config);
    new ModelCopy(folder).edit(change);
  }

  private PytorchSession open() {
    return PytorchEngine.openSession(file, EngineSettings.defaults());
  }

  /** The same sum, written so that the search does not see a product in the last layer. */
  private static String hide(String code) {
    return code.contains("___torch_mangle_34.BertSelfAttention,")
        ? code.replaceAll(
            "torch.matmul\\((attn_weights\\w*), (\\w+)\\)",
            "torch.einsum(\"bhqk,bhkd->bhqd\", [$1, $2])")
        : code;
  }

  @Test
  void aLayerThatIsNotFound() throws IOException {
    change(PartialAttentionTest::hide);
    assertRefused(
        this::open,
        "no config.json says how many layers",
        "Candidates: ",
        "___torch_mangle_34.BertSelfAttention.forward: ",
        "= torch.softmax(",
        "multiplies no values");
    configure(config -> {});
    assertRefused(this::open, "computes 2 times", "says 3 layers", "Candidates", "mangle_34");
    configure(config -> config.addProperty("num_hidden_layers", 2));
    try (PytorchSession session = open()) {
      assertEquals(2, session.model().layerCount());
    }
  }

  @Test
  void configurationsOfOtherModels() throws IOException {
    Files.copy(TorchScriptTest.archive("bert"), file);
    configure(config -> config.addProperty("num_hidden_layers", 4));
    assertRefused(this::open, "computes 3 times", "says 4 layers", "Candidates");
    configure(config -> config.addProperty("num_attention_heads", 6));
    assertRefused(this::open, "num_attention_heads is 6", "archive has 4");
    configure(
        config -> {
          config.addProperty("num_attention_heads", 3);
          config.addProperty("head_ratio", 2);
        });
    assertRefused(this::open, "num_attention_heads is 3", "archive has 4");
    configure(config -> config.getAsJsonObject("id2label").remove("0"));
    assertRefused(this::open, "id2label names 2 classes", "archive has 3 logits", "Maybe");
    configure(config -> config.addProperty("is_encoder_decoder", true));
    assertRefused(this::open, "is_encoder_decoder");
    configure(config -> {});
    try (PytorchSession session = open()) {
      assertEquals(3, session.model().labels().size());
    }
  }

  /** save_pretrained names all heads of a pruned model, and ConvBERT divides them. */
  @Test
  void fewerHeadsWhereTheConfigurationSaysWhy() throws IOException {
    Files.copy(TorchScriptTest.archive("bert"), file);
    configure(
        config -> {
          config.addProperty("num_attention_heads", 8);
          config.addProperty("head_ratio", 2);
        });
    open().close();
    configure(
        config -> {
          config.addProperty("num_attention_heads", 6);
          config.add("pruned_heads", new JsonObject());
        });
    assertRefused(this::open, "num_attention_heads is 6", "archive has 4");
    configure(
        config -> {
          JsonObject pruned = new JsonObject();
          pruned.add("0", new JsonArray());
          config.addProperty("num_attention_heads", 6);
          config.add("pruned_heads", pruned);
        });
    open().close();
  }

  /** The third layer reads what the second one reads, and the classifier both. */
  @Test
  void layersBesideEachOther() throws IOException {
    change(
        code ->
            code.replace("(_2).forward(_41, ", "(_2).forward(_39, ")
                .replace("return (_43, _40", "return (torch.add(_43, _41), _40"));
    assertRefused(
        this::open,
        "attention 3 does not depend on attention 2",
        "no layers in a row",
        "Candidates");
  }

  @Test
  void aSoftmaxOverAnotherAxis() throws IOException {
    change(code -> code.replace(SOFTMAX, "torch.softmax(input, 2)"));
    assertRefused(this::open, "an axis that is not the last");
    change(code -> code.replace(SOFTMAX, "torch.softmax(input, -2)"));
    assertRefused(this::open, "Candidates", "runs over axis -2, not the last");
    change(code -> code.replace(SOFTMAX, "torch.softmax(input, 3)"));
    TorchScriptTest.assertAgrees("bert", file);
  }

  /** Probabilities of classes, and weights of layers, are no attention and no reason for doubt. */
  @Test
  void otherSoftmaxesAreLeftAlone() throws IOException {
    change(code -> code.replace("return (_5, ", "return (torch.softmax(_5, -1), "));
    try (PytorchSession session = open()) {
      assertEquals(3, session.model().layerCount());
      float[] classes = session.logits(List.of(session.sequence(new int[] {2, 9, 3}))).get(0);
      assertEquals(1, classes[0] + classes[1] + classes[2], 1e-5);
    }
  }

  /** A softmax in a module or in a function of its own is that of whoever calls it. */
  @ParameterizedTest
  @ValueSource(strings = {"-1", "3"})
  void aSoftmaxInAFunction(String axis) throws IOException {
    String function =
        "def softmax(input: Tensor, dim: int) -> Tensor:\n  return torch.softmax(input, dim)\n";
    change(
        code ->
            code.contains("class Wrapped")
                ? code + function
                : code.replace(SOFTMAX, "__torch__.softmax(input, " + axis + ", )"));
    TorchScriptTest.assertAgrees("bert", file);
  }

  /** PyTorch fails while the model runs: a table of positions that is too short. */
  @Test
  void failuresOfPytorch() throws IOException {
    Files.copy(TorchScriptTest.archive("roberta"), file);
    try (PytorchSession session = open()) {
      int[] ids = new int[127];
      Arrays.fill(ids, 9);
      assertEquals(128, session.model().maximumTokens());
      assertRefused(
          () -> session.logits(List.of(session.sequence(ids))),
          "Running the model model.pt failed",
          "out of bounds",
          "Maybe");
    }
  }

  @Test
  void outputsThatAreNoTensors() throws IOException {
    change(
        code ->
            code.replace("_1, _2, _3, _4, = _0\n    return (_1, _2, _3, _4)", "return (\"a\", 1)")
                .replace(
                    "attention_mask: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor]:\n    m = ",
                    "attention_mask: Tensor) -> Tuple[str, int]:\n    m = "));
    assertRefused(this::open, "PyTorch cannot run it on 3 tokens");
  }
}
