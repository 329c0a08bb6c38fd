package org.attentionflow.pytorch;

import static org.attentionflow.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.pytorch.archive.TorchArchive;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.testkit.Refusals;
import org.attentionflow.testkit.ResourceFolder;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traced archives against what the reference implementation computes on the same checkpoints. */
class TorchScriptTest {
  private static final double ABSOLUTE = 1e-5;
  private static final double RELATIVE = 1e-4;

  static Path archive(String name) {
    return Goldens.folder("torchscript").resolve(name + ".pt");
  }

  private static PytorchSession open(Path file) {
    return PytorchEngine.openSession(file, EngineSettings.defaults());
  }

  static void assertAgrees(String name, Path file) throws IOException {
    try (PytorchSession session = open(file);
        RecordedCheckpoint recorded = Goldens.recorded(name)) {
      assertTrue(new PytorchEngine().accepts(file));
      for (int number = 0; number < 2; number++) {
        TokenSequence input = session.sequence(recorded.ids(number));
        Target target = new Target.Index(recorded.target(number));
        CaptureRequest request = CaptureRequest.attentionAndGradient(target);
        // Some runs, for the first ones are compiled otherwise than those that follow.
        for (int run = 0; run < 4; run++) {
          Capture capture = session.capture(List.of(input), request).get(0);
          recorded.assertAgrees(number, capture);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert", "electra", "gpt2"})
  void agreesWithTheReference(String name) throws IOException {
    assertAgrees(name, archive(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert", "electra", "gpt2"})
  void paddingAndBatchSizeChangeNothing(String name) throws IOException {
    try (PytorchSession session = open(archive(name));
        RecordedCheckpoint recorded = Goldens.recorded(name)) {
      TokenSequence longer = session.sequence(recorded.ids(1));
      TokenSequence shorter = session.sequence(recorded.ids(0));
      CaptureRequest request = CaptureRequest.attentionAndGradient(Target.predicted());
      List<Capture> batch = session.capture(List.of(longer, shorter, longer), request);
      recorded.assertAgrees(1, batch.get(0));
      recorded.assertAgrees(0, batch.get(1));
      recorded.assertAgrees(1, batch.get(2));
    }
  }

  /** The checkpoint's own computation is a second implementation, at other lengths than traced. */
  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert", "electra"})
  void agreesWithTheCheckpointAtOtherLengths(String name) {
    CaptureRequest request = CaptureRequest.attentionAndGradient(new Target.Index(2));
    try (PytorchSession session = open(archive(name));
        PytorchSession checkpoint = Goldens.open(name)) {
      for (int length : new int[] {1, 2, 40, 90}) {
        int[] ids = IntStream.range(0, length).map(i -> 5 + 7 * i % 300).toArray();
        Capture traced = session.capture(List.of(session.sequence(ids)), request).get(0);
        Capture own = checkpoint.capture(List.of(checkpoint.sequence(ids)), request).get(0);
        assertClose("logits", own.logits(), traced.logits(), ABSOLUTE, RELATIVE);
        for (int layer = 0; layer < 3; layer++) {
          float[] left = gradient(own, layer);
          assertClose("layer " + layer, left, gradient(traced, layer), ABSOLUTE, RELATIVE);
        }
      }
    }
  }

  private static float[] gradient(Capture capture, int layer) {
    return capture.attention(AttentionKind.ENCODER).get(layer).gradient().orElseThrow().values();
  }

  @Test
  void aModelIsDescribedWithoutAConfiguration() {
    try (PytorchSession session = open(archive("bert"))) {
      assertEquals("bert.pt", session.model().name());
      assertEquals(3, session.model().layerCount());
      assertEquals(4, session.model().headCount());
      assertEquals(48, session.model().hiddenSize());
      assertEquals(128, session.model().maximumTokens());
      assertEquals(List.of(), session.model().labels());
      assertEquals(List.of("bert.pt"), List.copyOf(session.digests().keySet()));
      String first = session.attentionReasons().get(0);
      assertTrue(first.contains(" BertSelfAttention.forward: "), first);
      assertTrue(first.endsWith("attn_output = torch.matmul(attn_weights0, value0)"), first);
      String third = session.attentionReasons().get(2);
      assertTrue(third.contains(" ___torch_mangle_34.BertSelfAttention.forward: "), third);
      assertEquals(3, session.attentionReasons().size());
      Refusals.assertRefused(() -> session.sequence(new int[] {400}), "vocabulary of 400");
      Refusals.assertRefused(() -> session.sequence(new int[129]), "129 tokens > 128");
      Refusals.assertRefused(() -> session.tokenize("a"), "no tokenizer.json");
      Refusals.assertRefused(
          () ->
              session.capture(
                  List.of(session.sequence(new int[] {2})),
                  RecordedCheckpoint.everything(Target.predicted())),
          "does not tell where its hidden states");
    }
  }

  @Test
  void aCausalModelIsKnownByItsAttention() {
    try (PytorchSession session = open(archive("gpt2"))) {
      CaptureRequest request = new CaptureRequest(new Target.Index(7), Set.of(Quantity.ATTENTION));
      Capture capture =
          session.capture(List.of(session.sequence(new int[] {3, 4, 5})), request).get(0);
      assertEquals(3, capture.attention(AttentionKind.DECODER).size());
      assertFalse(capture.attention(AttentionKind.DECODER).get(0).gradient().isPresent());
    }
  }

  @Test
  void configurationAndTokenizerBesideTheArchiveAreUsed(@TempDir Path folder) throws IOException {
    Files.copy(archive("roberta"), folder.resolve("model.pt"));
    Files.copy(Goldens.folder("roberta").resolve("config.json"), folder.resolve("config.json"));
    try (PytorchSession session = open(folder)) {
      assertEquals("roberta", session.model().type());
      assertEquals(3, session.model().labels().size());
      // RoBERTa's table of positions has two rows more than tokens are read.
      assertEquals(126, session.model().maximumTokens());
      int[] longest = new int[126];
      Arrays.fill(longest, 9);
      assertEquals(3, session.logits(List.of(session.sequence(longest))).get(0).length);
      Refusals.assertRefused(() -> session.sequence(new int[127]), "127 tokens > 126");
    }
    Files.copy(
        ResourceFolder.smallClassifier().resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"));
    Refusals.assertRefused(() -> open(folder), "tokenizer", "Maybe");
    Files.copy(archive("bert"), folder.resolve("other.pt"));
    Refusals.assertRefused(() -> open(folder), "2 TorchScript archives", "Maybe");
  }

  /**
   * The same classifier exported with fused attention: its code has the three steps of attention in
   * one operation, which the engine takes apart again.
   */
  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert", "electra"})
  void fusedAttentionIsTakenApart(String name, @TempDir Path folder) throws IOException {
    Path fused = folder.resolve("fused.pt");
    rewrite(archive(name), fused, TorchScriptTest::fuse);
    assertAgrees(name, fused);
  }

  /** softmax(Q Kᵀ · scale + mask) V as one operation; the attention itself is returned no more. */
  private static String fuse(String code) {
    return code.replaceAll(
        "(?m)^    (\\w+) = torch.matmul\\((\\w+), torch.transpose\\((\\w+), 2, 3\\)\\)\n"
            + "    \\w+ = torch.mul\\(\\1, CONSTANTS.c(\\d+)\\)\n"
            + "    \\w+ = torch.add\\(\\w+, (\\w+)\\)\n"
            + "    \\w+ = torch.softmax\\(\\w+, -1\\)\n"
            + "    (\\w+) = torch.dropout\\(\\w+, 0., False\\)\n"
            + "    (\\w+) = torch.matmul\\(\\6, (\\w+)\\)\n",
        "    $7 = torch.scaled_dot_product_attention($2, $3, $8, $5, 0., False,"
            + " scale=float(CONSTANTS.c$4))\n    $6 = $7\n");
  }

  /** Traces that do not return attention have the softmax inside another expression. */
  @Test
  void attentionInsideAnExpressionIsFound(@TempDir Path folder) throws IOException {
    Path nested = folder.resolve("nested.pt");
    rewrite(
        archive("bert"),
        nested,
        code ->
            code.replaceAll(
                "(?m)^    (\\w+) = torch.softmax\\((\\w+), -1\\)\n"
                    + "    (\\w+) = torch.dropout\\(\\w+, 0., False\\)\n"
                    + "    (\\w+) = torch.matmul\\(\\3, (\\w+)\\)\n",
                "    $4 = torch.matmul(torch.dropout(torch.softmax($2, -1), 0., False), $5)\n"
                    + "    $3 = $4\n"));
    assertAgrees("bert", nested);
  }

  @Test
  void unsuitableCodeIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.pt");
    rewrite(archive("bert"), file, code -> code.replace("torch.softmax(input, -1)", "input"));
    Refusals.assertRefused(() -> open(file), "no attention was found", "eager", "Maybe");
    rewrite(
        archive("bert"),
        file,
        code -> code.replaceAll("torch.matmul\\((attn\\w+), (\\w+)\\)", "torch.mm($1, $2)"));
    Refusals.assertRefused(() -> open(file), "Candidates", "BertSelfAttention.forward", "softmax");
    rewrite(archive("bert"), file, code -> code.replace("0.10000000000000001, False", "0.1, True"));
    Refusals.assertRefused(() -> open(file), "training mode", "model.eval()");
    rewrite(
        archive("bert"),
        file,
        code -> code.replace("attention_mask: Tensor) -> Tuple", "weather: Tensor) -> Tuple"));
    Refusals.assertRefused(() -> open(file), "input_ids, weather", "what weather is");
    rewrite(archive("bert"), file, code -> code.replace("torch.gelu(", "torch.gulu("));
    Refusals.assertRefused(() -> open(file), "PyTorch cannot load it", "gulu", "Maybe");
    rewrite(archive("bert"), file, code -> code.replace("[_57, _62, -1, 12]", "[_57, 7, -1, 12]"));
    Refusals.assertRefused(() -> open(file), "PyTorch cannot run it on 3 tokens", "Maybe");
  }

  static void rewrite(Path from, Path to, UnaryOperator<String> change) throws IOException {
    Files.deleteIfExists(to);
    try (TorchArchive archive = TorchArchive.open(from)) {
      Map<String, String> code = new TreeMap<>(archive.code());
      String before = code.toString();
      code.replaceAll((path, text) -> change.apply(text));
      assertFalse(before.equals(code.toString()), "nothing was changed");
      archive.write(to, code);
    }
  }

  @Test
  void twoSessionsOfAnArchiveAreApart() {
    CaptureRequest request = CaptureRequest.attentionAndGradient(Target.predicted());
    try (PytorchSession first = open(archive("bert"))) {
      TokenSequence input = first.sequence(new int[] {2, 9, 8, 3});
      float[] before = gradient(first.capture(List.of(input), request).get(0), 0);
      try (PytorchSession second = open(archive("bert"))) {
        second.capture(List.of(input), request);
      }
      assertArrayEquals(before, gradient(first.capture(List.of(input), request).get(0), 0));
    }
  }
}
