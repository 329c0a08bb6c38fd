package org.attentionflow.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of an open model.
 *
 * @param name a short name: the folder or file name, without its path
 * @param type the architecture, as the model's own configuration names it, for example {@code bert}
 * @param labels the names of the classes, in the order of the logits
 * @param layerCount the number of layers
 * @param headCount the number of attention heads per layer
 * @param hiddenSize the width of a hidden state
 * @param maximumTokens the longest input, special tokens included
 * @param parameterCount the number of weights
 * @param specialTokens the ids of the special tokens by role ({@code cls}, {@code sep}, {@code
 *     pad}, {@code mask}, {@code unk}), as far as the tokenizer knows them
 */
public record ModelDescription(
    String name,
    String type,
    List<String> labels,
    int layerCount,
    int headCount,
    int hiddenSize,
    int maximumTokens,
    long parameterCount,
    Map<String, Integer> specialTokens) {
  /** Copies the list and the map. */
  public ModelDescription {
    labels = List.copyOf(labels);
    specialTokens = Map.copyOf(specialTokens);
  }

  /** The name of a class, or its index in words if the model does not name it. */
  public String label(int index) {
    return index < labels.size() ? labels.get(index) : "LABEL_" + index;
  }

  /** The id of the special token with a role, if there is one. */
  public Optional<Integer> specialToken(String role) {
    return Optional.ofNullable(specialTokens.get(role));
  }
}
