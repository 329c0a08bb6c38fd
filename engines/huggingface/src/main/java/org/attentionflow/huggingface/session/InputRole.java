package org.attentionflow.huggingface.session;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an input of a graph or module is for, told by its name. */
public enum InputRole {
  /** The token ids. */
  IDS(
      List.of("input_ids", "input_word_ids"),
      List.of("ids", "input", "inputs", "tokens", "token_ids", "x")),
  /** 1 for a token, 0 for padding. */
  MASK(List.of("attention_mask", "input_mask"), List.of("mask", "att_mask", "attn_mask", "att")),
  /** The segment each token belongs to. */
  SEGMENTS(
      List.of("token_type_ids", "segment_ids", "input_type_ids"),
      List.of("token_types", "segments", "types", "type_ids", "tt")),
  /** The position of each token. */
  POSITIONS(List.of("position_ids"), List.of("positions"));

  private static final String OTHER_HALF = "decoder";

  private final List<String> usual;
  private final List<String> shorter;

  /**
   * A role.
   *
   * @param usual names that exporters may put words in front of
   * @param shorter names that stand alone
   */
  InputRole(List<String> usual, List<String> shorter) {
    this.usual = usual;
    this.shorter = shorter;
  }

  /**
   * The role of an input. Exporters put scopes and words in front of a name ({@code
   * serving_default_input_ids:0}) and numbers behind it ({@code input_ids.1}).
   */
  public static Optional<InputRole> of(String inputName) {
    String plain = inputName.toLowerCase(Locale.ROOT).replaceAll("[:_.]?[0-9]+$", "");
    String last = plain.substring(plain.lastIndexOf('/') + 1);
    for (InputRole role : values()) {
      boolean isUsual =
          role.usual.stream().anyMatch(name -> last.equals(name) || last.endsWith("_" + name));
      if ((isUsual && !last.contains(OTHER_HALF)) || role.shorter.contains(last)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
