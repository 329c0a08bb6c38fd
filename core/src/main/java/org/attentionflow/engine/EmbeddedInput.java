package org.attentionflow.engine;

import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;

/**
 * An input whose word embeddings are given. Positions and segments are those of the tokens.
 *
 * @param tokens the tokens
 * @param embeddings one word embedding per token, [token, width], as in {@link Quantity#EMBEDDING}
 */
public record EmbeddedInput(TokenSequence tokens, FloatTensor embeddings) {
  /** Checks that there is one embedding per token. */
  public EmbeddedInput {
    if (embeddings.rank() != 2 || embeddings.size(0) != tokens.size()) {
      throw new IllegalArgumentException(
          tokens.size() + " tokens cannot have the embeddings " + embeddings + ".");
    }
  }
}
