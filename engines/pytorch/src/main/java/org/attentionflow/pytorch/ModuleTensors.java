package org.attentionflow.pytorch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.pytorch.archive.StoredTensor;

/**
 * What the tensors of a TorchScript module tell about its inputs, by the names that Hugging Face's
 * models give them; the configuration counts if it is there.
 *
 * @param tensors by the path of attributes
 */
record ModuleTensors(Map<String, StoredTensor> tensors) {
  private static final List<String> WORDS =
      List.of("word_embeddings.weight", "wte.weight", "embed_tokens.weight", "shared.weight");

  private static final List<String> POSITIONS =
      List.of("position_embeddings.weight", "wpe.weight", "embed_positions.weight");

  private static final List<String> SEGMENTS = List.of("token_type_embeddings.weight");

  /** The limits of the inputs, as far as they can be told. */
  InputLimits limits(ModelConfig config) {
    int words = find(WORDS, 0).orElse(InputLimits.UNKNOWN);
    int rows = find(POSITIONS, 0).orElse(InputLimits.UNKNOWN);
    return new InputLimits(
        words,
        find(SEGMENTS, 0).orElse(0),
        config.maximumTokens(rows),
        config.paddingBeforePositions());
  }

  /** The width of the hidden states; 1 if nothing tells. */
  int hiddenSize(ModelConfig config) {
    int embedded = find(WORDS, 1).orElse(1);
    return config.hiddenSize().orElse(embedded);
  }

  /** The number of elements of tensors that are not integers. */
  long parameterCount() {
    return tensors.values().stream()
        .filter(tensor -> !tensor.storageType().matches("(Long|Int|Short|Byte|Char|Bool)Storage"))
        .mapToLong(StoredTensor::count)
        .sum();
  }

  private Optional<Integer> find(List<String> endings, int axis) {
    return endings.stream()
        .flatMap(
            ending ->
                tensors.entrySet().stream()
                    .filter(entry -> entry.getKey().endsWith(ending))
                    .map(entry -> entry.getValue().shape()))
        .filter(shape -> shape.size() == 2)
        .map(shape -> (int) Math.min(InputLimits.UNKNOWN, shape.get(axis)))
        .findFirst();
  }
}
