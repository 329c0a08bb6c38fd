package org.attentionflow.huggingface;

import static org.attentionflow.testkit.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration says of layers, heads and labels, and what it is held against. */
class ModelConfigTest {
  /** A configuration, in JSON with single quotes. */
  private static ModelConfig config(String entries) {
    return new ModelConfig(
        "config.json", JsonParser.parseString(entries.replace('\'', '"')).getAsJsonObject());
  }

  @ParameterizedTest
  @ValueSource(strings = {"num_hidden_layers", "n_layers", "n_layer", "num_layers"})
  void layersUnderAnyName(String key) {
    assertEquals(OptionalInt.of(5), config("{'" + key + "': 5}").layerCount());
    assertEquals(OptionalInt.empty(), config("{'" + key + "': 5}").headCount());
    assertRefused(() -> config("{'" + key + "': 0}").layerCount(), key + " is 0", "at least 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"num_attention_heads", "n_heads", "n_head", "num_heads"})
  void headsUnderAnyName(String key) {
    ModelConfig config = config("{'" + key + "': 5}");
    assertEquals(OptionalInt.of(5), config.headCount());
    assertEquals(OptionalInt.empty(), config.layerCount());
    config.checkHeads(5, "archive");
    for (int other : new int[] {4, 6}) {
      assertRefused(
          () -> config.checkHeads(other, "archive"),
          "In config.json, " + key + " is 5, but the archive has " + other + ".");
    }
    assertRefused(() -> config("{'" + key + "': 0}").headCount(), key + " is 0", "at least 1");
  }

  @Test
  void theFirstNameWithAValueCounts() {
    ModelConfig config =
        config("{'num_layers': 7, 'n_layers': 3, 'num_hidden_layers': null, 'n_head': 2}");
    assertEquals(OptionalInt.of(3), config.layerCount());
    assertEquals(OptionalInt.of(2), config.headCount());
    assertEquals(OptionalInt.of(2), config.firstCount(List.of("none", "n_head", "num_layers")));
    assertRefused(() -> config("{'n_layer': [1, 2]}").layerCount(), "n_layer", "single value");
    assertRefused(() -> config("{'n_layer': 1.5}").layerCount(), "n_layer is 1.5", "whole");
  }

  @Test
  void withoutNumbersAnyNumberOfHeadsIsAllowed() {
    assertEquals(OptionalInt.empty(), ModelConfig.none().layerCount());
    assertEquals(OptionalInt.empty(), ModelConfig.none().headCount());
    ModelConfig.none().checkHeads(1, "graph");
    ModelConfig.none().checkHeads(12, "graph");
  }

  /** Pruned models name all heads that there were, and ConvBERT those before it divides them. */
  @ParameterizedTest
  @ValueSource(strings = {"'head_ratio': 2", "'pruned_heads': {'0': [1]}"})
  void fewerHeadsWhereTheFileSaysWhy(String reason) {
    ModelConfig config = config("{'n_heads': 8, " + reason + "}");
    config.checkHeads(8, "graph");
    config.checkHeads(4, "graph");
    assertRefused(() -> config.checkHeads(9, "graph"), "n_heads is 8, but the graph has 9");
    ModelConfig none = config("{'n_heads': 8, 'pruned_heads': {}}");
    assertRefused(() -> none.checkHeads(4, "graph"), "n_heads is 8, but the graph has 4");
  }

  @Test
  void labelsAreHeldAgainstLogits() {
    ModelConfig named = config("{'id2label': {'0': 'no', '1': 'yes'}}");
    assertTrue(named.namesLabels());
    assertEquals(List.of("no", "yes"), named.labels(2, "graph"));
    for (int other : new int[] {1, 3}) {
      assertRefused(
          () -> named.labels(other, "graph"),
          ("In config.json, id2label names 2 classes, but the graph has " + other + " logits.")
              + " Maybe it is that of another model.");
    }
  }

  @Test
  void labelsWithoutNames() {
    ModelConfig counted = config("{'num_labels': 3}");
    assertTrue(counted.namesLabels());
    assertEquals(List.of("LABEL_0", "LABEL_1", "LABEL_2"), counted.labels(3, "archive"));
    assertRefused(
        () -> counted.labels(2, "archive"), "names 3 classes", "the archive has 2 logits");
    assertFalse(ModelConfig.none().namesLabels());
    assertEquals(List.of("LABEL_0", "LABEL_1", "LABEL_2"), ModelConfig.none().labels(3, "graph"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hidden_size", "dim", "n_embd", "d_model"})
  void hiddenSizeUnderAnyName(String key) {
    assertEquals(OptionalInt.of(48), config("{'" + key + "': 48}").hiddenSize());
    assertEquals(OptionalInt.empty(), ModelConfig.none().hiddenSize());
    assertRefused(() -> config("{'" + key + "': -1}").hiddenSize(), key + " is -1", "at least 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "intermediate_size",
        "hidden_dim",
        "n_inner",
        "d_ff",
        "ffn_dim",
        "encoder_ffn_dim"
      })
  void innerSizeUnderAnyName(String key) {
    assertEquals(96, config("{'" + key + "': 96}").innerSize(48));
    assertEquals(192, config("{'" + key + "': null}").innerSize(48));
    assertEquals(Integer.MAX_VALUE, ModelConfig.none().innerSize(1 << 30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_position_embeddings", "n_positions", "n_ctx"})
  void positionsUnderAnyName(String key) {
    ModelConfig config = config("{'" + key + "': 100}");
    assertEquals(100, config.maximumTokens(InputLimits.UNKNOWN));
    assertEquals(100, config.maximumTokens(200));
    assertEquals(64, config.maximumTokens(64));
    assertEquals(InputLimits.UNKNOWN, ModelConfig.none().maximumTokens(InputLimits.UNKNOWN));
  }

  /** Rows for the padding id and those before it are no token's. */
  @ParameterizedTest
  @ValueSource(strings = {"roberta", "camembert", "xlm-roberta", "longformer"})
  void positionsBehindThePadding(String type) {
    ModelConfig config = config("{'model_type': '" + type + "', 'max_position_embeddings': 514}");
    assertEquals(512, config.maximumTokens(InputLimits.UNKNOWN));
    assertEquals(98, config.maximumTokens(100));
    assertEquals(1, config.paddingBeforePositions());
    ModelConfig without = config("{'model_type': '" + type + "', 'pad_token_id': 3}");
    assertEquals(InputLimits.UNKNOWN, without.maximumTokens(InputLimits.UNKNOWN));
    assertEquals(3, without.paddingBeforePositions());
    assertRefused(() -> without.maximumTokens(4), "pad_token_id is 3", "leaves no positions");
    assertEquals(1, without.maximumTokens(5));
    assertRefused(
        () -> config("{'model_type': '" + type + "', 'pad_token_id': -1}").paddingBeforePositions(),
        "pad_token_id is -1");
    assertEquals(
        InputLimits.PLAIN_POSITIONS,
        config("{'model_type': 'bert', 'pad_token_id': 1}").paddingBeforePositions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hidden_size", "n_embd"})
  void widthsThatNoLayerHas(String key) {
    ModelConfig absurd = config("{'" + key + "': 2147483647, 'n_inner': 2147483647}");
    assertRefused(absurd::hiddenSize, key + " is 2147483647, wider than any layer");
    assertRefused(() -> absurd.innerSize(48), "n_inner is 2147483647, wider than any layer");
  }

  @Test
  void labelsThatAreNoNames() {
    ModelConfig list = config("{'id2label': ['no', 'yes', 'perhaps']}");
    assertRefused(() -> list.labels(3, "graph"), "id2label must be an object");
    assertRefused(list::labels, "id2label must be an object");
    ModelConfig nothing = config("{'id2label': null, 'num_labels': null}");
    assertFalse(nothing.namesLabels());
    assertEquals(3, nothing.labels(3, "graph").size());
  }

  @Test
  void encoderDecodersAreRefused() {
    ModelConfig config = config("{'is_encoder_decoder': true}");
    assertRefused(
        () -> config.checkNoEncoderDecoder("graph"),
        "is_encoder_decoder is set",
        "the graph is one");
    config("{'is_encoder_decoder': false}").checkNoEncoderDecoder("graph");
    ModelConfig.none().checkNoEncoderDecoder("graph");
  }

  @Test
  void moreLogitsThanClassesAre() {
    assertRefused(
        () -> ModelConfig.none().labels(2_000_000_000, "graph"), "claims 2000000000 logits");
  }
}
