package org.attentionflow.token;

import java.util.List;

/**
 * A text as a model reads it: the tokens in order, with the characters each stands for.
 *
 * @param text the text; empty if the sequence was made from token ids alone
 * @param tokens the tokens, at least one; token i has index i
 * @param segments the segment (token type) of each token, usually 0
 */
public record TokenSequence(String text, List<Token> tokens, List<Integer> segments) {
  /** Copies the lists and checks that they fit together. */
  public TokenSequence {
    tokens = List.copyOf(tokens);
    segments = List.copyOf(segments);
    if (tokens.isEmpty() || segments.size() != tokens.size()) {
      throw new IllegalArgumentException(
          "A sequence needs one segment per token and at least one token: "
              + tokens.size()
              + " tokens, "
              + segments.size()
              + " segments.");
    }
  }

  /** Makes a sequence whose tokens all belong to segment 0. */
  public static TokenSequence of(String text, List<Token> tokens) {
    return new TokenSequence(text, tokens, tokens.stream().map(token -> 0).toList());
  }

  /** The number of tokens. */
  public int size() {
    return tokens.size();
  }

  /** The token ids in order, in a new array. */
  public int[] ids() {
    return tokens.stream().mapToInt(Token::id).toArray();
  }

  /** The words of the text that at least one token stands for, in order; see {@link Words}. */
  public List<Word> words() {
    return Words.of(this);
  }
}
