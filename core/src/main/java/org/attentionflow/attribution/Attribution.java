package org.attentionflow.attribution;

import java.util.List;
import java.util.Optional;
import org.attentionflow.flow.Flow;
import org.attentionflow.token.TokenSequence;
import org.attentionflow.token.Word;
import org.jspecify.annotations.Nullable;

/**
 * A score per token.
 *
 * @param method the name of the method
 * @param scores one score per token of the input (then of the decoder's tokens); for flow methods
 *     the flow through the token, ≥ 0, in the unit of the information tensor
 * @param flow the flow the scores were read from; null for methods without one
 */
public record Attribution(String method, double[] scores, @Nullable Flow flow) {
  /** The flow the scores were read from, if the method has one. */
  public Optional<Flow> flowResult() {
    return Optional.ofNullable(flow);
  }

  /** The score of each word: the sum of its tokens' scores. Tokens outside words are left out. */
  public static double[] wordScores(TokenSequence tokens, double[] scores) {
    List<Word> words = tokens.words();
    double[] sums = new double[words.size()];
    for (int i = 0; i < sums.length; i++) {
      for (int token : words.get(i).tokens()) {
        sums[i] += scores[token];
      }
    }
    return sums;
  }
}
