package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.attentionflow.engine.ModelDescription;
import org.jspecify.annotations.Nullable;

/**
 * A model as it was read from its folder: weights in native memory, and what is known of them.
 *
 * @param vocabulary the tokens, or null if there is no tokenizer
 * @param tokenizer empty if there is none
 */
record OpenModel(
    ModelDescription description,
    EncoderClassifier network,
    MemoryEstimate memory,
    @Nullable Vocabulary vocabulary,
    Optional<TextTokenizer> tokenizer) {
  private static final Set<String> ROLES_WITHOUT_TEXT = Set.of("cls", "sep", "pad");

  /** Reads a model; its weights will belong to the manager. */
  static OpenModel read(ModelFolder folder, ModelConfig config, NDManager manager) {
    Architecture architecture = Architecture.of(config);
    EncoderClassifier network;
    long parameterCount;
    try (Checkpoint checkpoint = Checkpoint.open(folder, manager)) {
      network = architecture.builder().build(config, new Weights(checkpoint, ""));
      checkpoint.checkComplete(architecture.ignored());
      parameterCount = checkpoint.parameterCount();
    }
    Optional<Path> file = folder.tokenizer();
    Vocabulary vocabulary = file.map(Vocabulary::read).orElse(null);
    if (vocabulary != null) {
      new TokenizerCheck(folder, vocabulary).run(config, network.limits().vocabularySize());
    }
    int hidden = network.layers().get(0).outputNorm().width();
    ModelDescription description =
        new ModelDescription(
            folder.name(),
            architecture.modelType(),
            config.labels(),
            network.layers().size(),
            network.headCount(),
            hidden,
            network.limits().maximumTokens(),
            parameterCount,
            specialTokens(folder, config, vocabulary));
    return new OpenModel(
        description,
        network,
        memory(description, network),
        vocabulary,
        file.map(TextTokenizer::new));
  }

  /** How a token is spelled; its number if there is no tokenizer. */
  String text(int id) {
    return Optional.ofNullable(vocabulary).flatMap(known -> known.text(id)).orElse("" + id);
  }

  /** Whether an id is one that tokenizers add and no text stands behind. */
  boolean isSpecial(int id) {
    return ROLES_WITHOUT_TEXT.stream()
        .anyMatch(
            role -> description.specialToken(role).filter(special -> special == id).isPresent());
  }

  private static Map<String, Integer> specialTokens(
      ModelFolder folder, ModelConfig config, @Nullable Vocabulary vocabulary) {
    if (vocabulary != null) {
      return vocabulary.specialTokens(folder.json("tokenizer_config.json").orElse(null));
    }
    Map<String, Integer> ids = new HashMap<>();
    int padding = config.integer("pad_token_id", -1);
    if (padding >= 0) {
      ids.put("pad", padding);
    }
    return ids;
  }

  private static MemoryEstimate memory(ModelDescription description, EncoderClassifier network) {
    int inner = (int) network.layers().get(0).feedForward().in().bias().getShape().get(0);
    return new MemoryEstimate(
        description.layerCount(), description.headCount(), description.hiddenSize(), inner);
  }
}
