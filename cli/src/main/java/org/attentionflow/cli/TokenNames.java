package org.attentionflow.cli;

import java.util.List;
import java.util.stream.IntStream;
import org.attentionflow.formats.network.StoredNetwork;
import org.attentionflow.token.Token;

/**
 * What the tokens of a network are called: by their texts, by the numbers that a file gives their
 * nodes, or else by their positions.
 *
 * @param texts the texts; empty for a network without a text
 * @param nodes the numbers of the nodes; empty if no file numbers them
 */
record TokenNames(List<String> texts, List<Integer> nodes) {
  /** Those of a text. */
  static TokenNames of(List<Token> tokens) {
    return new TokenNames(tokens.stream().map(Token::text).toList(), List.of());
  }

  /** Those of a network from a file. */
  static TokenNames of(StoredNetwork stored) {
    return new TokenNames(List.of(), stored.tokenNodes());
  }

  /** Whether tokens have texts or numbers, rather than their positions alone. */
  boolean areGiven() {
    return hasTexts() || hasNodes();
  }

  boolean hasTexts() {
    return !texts.isEmpty();
  }

  boolean hasNodes() {
    return !nodes.isEmpty();
  }

  /** The name of the token at a position. */
  String at(int position) {
    if (hasTexts()) {
      return texts.get(position);
    }
    return Integer.toString(hasNodes() ? nodes.get(position) : position);
  }

  /** The names of so many tokens, from the first. */
  List<String> first(int count) {
    return IntStream.range(0, count).mapToObj(this::at).toList();
  }
}
