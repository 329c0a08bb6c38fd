package org.attentionflow.onnx;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.pipeline.Engines;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as exporters lay them out, and graphs without a mask. */
class LayoutTest {
  private static final String NAME = "bert-eager-legacy";
  private static final int[] IDS = {2, 7, 11, 13, 3};

  @TempDir Path folder;
  private Path inner;

  @BeforeEach
  void configuration() throws IOException {
    Files.copy(Goldens.resource("bert.config.json"), folder.resolve("config.json"));
    inner = Files.createDirectory(folder.resolve("onnx"));
  }

  private static ModelProto golden() throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(Goldens.file(NAME)));
  }

  private static void write(Path file, ModelProto model) throws IOException {
    Files.write(file, model.toByteArray());
  }

  private OnnxSession open(Path model) {
    assertTrue(new OnnxEngine().accepts(model));
    return OnnxEngine.openSession(model, EngineSettings.defaults());
  }

  private void assertIsTheRecordedModel(Path model) {
    try (OnnxSession session = open(model);
        RecordedCheckpoint recorded = Goldens.recorded(NAME)) {
      assertEquals("bert", session.model().type());
      recorded.assertAgrees(session);
    }
  }

  /** Among other forms of it, the model as it was exported. */
  @Test
  void theGraphInTheInnerFolder() throws IOException {
    write(inner.resolve("model.onnx"), golden());
    write(inner.resolve("model_fp16.onnx"), ModelVariants.half(golden()));
    write(inner.resolve("model_quantized.onnx"), ModelVariants.eightBitWeights(golden(), true));
    assertIsTheRecordedModel(folder);
    assertIsTheRecordedModel(inner.resolve("model.onnx"));
  }

  @Test
  void aLoneQuantisedGraphInTheInnerFolder() throws IOException {
    write(inner.resolve("model_quantized.onnx"), ModelVariants.eightBitActivations(golden()));
    try (OnnxSession session = open(folder)) {
      assertEquals("bert", session.model().type());
      TokenSequence input = session.sequence(IDS);
      CaptureRequest attention =
          new CaptureRequest(Target.predicted(), EnumSet.of(Quantity.ATTENTION));
      assertEquals(
          3,
          session
              .capture(List.of(input), attention)
              .get(0)
              .attention(AttentionKind.ENCODER)
              .size());
    }
  }

  @Test
  void severalGraphsNoneOfWhichIsTheStandardOne() throws IOException {
    write(inner.resolve("model_fp16.onnx"), golden());
    write(inner.resolve("model_quantized.onnx"), golden());
    assertRefused(
        () -> open(folder).close(), "several ONNX graphs", "model_fp16.onnx, model_quantized.onnx");
    Files.delete(inner.resolve("model_fp16.onnx"));
    Files.delete(inner.resolve("model_quantized.onnx"));
    assertFalse(new OnnxEngine().accepts(folder));
  }

  /** The weights in one file beside the graph, as exporters write those of large models. */
  @Test
  void weightsInAFileOfTheirOwn() throws IOException {
    for (Path place : List.of(folder, inner)) {
      ModelVariants.writeExternal(golden(), place);
      assertTrue(
          Files.size(place.resolve("model.onnx_data")) > 100_000, "no weights were moved out");
      assertIsTheRecordedModel(place.resolve("model.onnx"));
    }
    Files.delete(folder.resolve("model.onnx"));
    assertIsTheRecordedModel(folder);
    try (OnnxSession session = open(folder)) {
      assertEquals(
          Set.of("config.json", "onnx/model.onnx", "onnx/model.onnx_data"),
          session.digests().keySet());
    }
  }

  /** It is explained as it is; what it cannot do is known once it is open, and said in words. */
  @Test
  void aGraphWithoutAMask() throws IOException {
    write(folder.resolve("model.onnx"), ModelVariants.withoutMask(golden()));
    try (OnnxSession without = open(folder);
        OnnxSession with = Goldens.open(NAME)) {
      TokenSequence input = without.sequence(IDS);
      TokenSequence shorter = without.sequence(new int[] {2, 9, 3});
      List<float[]> logits = without.logits(List.of(input, shorter, input));
      assertArrayEquals(with.logits(List.of(input)).get(0), logits.get(2), 1e-5f);
      assertArrayEquals(with.logits(List.of(shorter)).get(0), logits.get(1), 1e-5f);
      Set<Capability> needed = Set.of(Capability.ATTENTION_MASK);
      assertRefused(
          () -> Engines.require(without, "The operator attention-mask", needed),
          "The operator attention-mask needs attention-mask, which the model",
          "does not have: its graph has no input attention_mask.");
      assertRefused(
          () -> without.logits(List.of(input), List.of(new BitSet())), "no input attention_mask");
      Engines.require(with, "The operator attention-mask", needed);
    }
  }
}
