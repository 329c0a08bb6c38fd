package org.attentionflow.onnx;

import java.util.Set;

/** What an input of an exported classifier is for. */
enum InputRole {
  /** The token ids. */
  IDS("input_ids", "input", "ids", "input_ids:0", "tokens"),
  /** 1 for tokens, 0 for padding. */
  MASK("attention_mask", "input_mask", "mask", "attention_mask:0"),
  /** The segment each token belongs to. */
  SEGMENTS("token_type_ids", "segment_ids", "token_type_ids:0"),
  /** The position of each token. */
  POSITIONS("position_ids", "position_ids:0");

  private final Set<String> names;

  InputRole(String... names) {
    this.names = Set.of(names);
  }

  /** Whether exporters call inputs of this role so. */
  boolean isCalled(String name) {
    return names.contains(name);
  }
}
