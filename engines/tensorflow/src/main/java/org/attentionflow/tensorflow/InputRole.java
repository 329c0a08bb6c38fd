package org.attentionflow.tensorflow;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an input of a sequence classifier means, told by its name. */
enum InputRole {
  /** The token ids. */
  IDS("input_ids", "input_word_ids"),
  /** 1 for a token, 0 for padding. */
  MASK("attention_mask", "input_mask"),
  /** Which text a token belongs to. */
  SEGMENTS("token_type_ids", "segment_ids", "input_type_ids");

  private final List<String> names;

  InputRole(String... names) {
    this.names = List.of(names);
  }

  /** The role of an input; exporters put words in front of its name and numbers behind. */
  static Optional<InputRole> of(String inputName) {
    String plain = inputName.toLowerCase(Locale.ROOT).replaceAll("(:|_)[0-9]+$", "");
    String last = plain.substring(plain.lastIndexOf('/') + 1);
    for (InputRole role : values()) {
      if (role.names.stream().anyMatch(name -> last.equals(name) || last.endsWith("_" + name))) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
