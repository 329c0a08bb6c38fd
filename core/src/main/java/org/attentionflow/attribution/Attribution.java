package org.attentionflow.attribution;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.maximum.MaximumFlowRanges;
import org.attentionflow.flow.maximum.TokenRange;
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
 * @param diagnostics numbers that say how far the scores can be trusted, by name, in alphabetical
 *     order; for example {@link #COMPLETENESS_GAP}
 */
public record Attribution(
    String method, double[] scores, @Nullable Flow flow, Map<String, Double> diagnostics) {
  /**
   * The name of the diagnostic Σ scores − (y(input) − y(baseline)): what a method that claims
   * completeness lacks of it.
   */
  public static final String COMPLETENESS_GAP = "completeness-gap";

  /** The name of the diagnostic y(input), the target's value. */
  public static final String TARGET_VALUE = "target-value";

  /** The name of the diagnostic y(baseline), the target's value with nothing of the text left. */
  public static final String BASELINE_VALUE = "baseline-value";

  /** Copies the diagnostics. */
  public Attribution {
    diagnostics = Collections.unmodifiableSortedMap(new TreeMap<>(diagnostics));
  }

  /** An attribution without diagnostics. */
  public Attribution(String method, double[] scores, @Nullable Flow flow) {
    this(method, scores, flow, Map.of());
  }

  /** The flow the scores were read from, if the method has one. */
  public Optional<Flow> flowResult() {
    return Optional.ofNullable(flow);
  }

  /**
   * Per token the smallest and the largest score over all maximum flows of the network, that is
   * without a barrier, in the unit of the scores; empty for methods without a flow. Computed anew
   * at every call, by two maximum flows per token.
   */
  public Optional<List<TokenRange>> maximumFlowRanges() {
    return flowResult()
        .map(
            result -> {
              double scale = result.network().full().scale();
              return MaximumFlowRanges.of(result).stream()
                  .map(range -> new TokenRange(range.least() / scale, range.most() / scale))
                  .toList();
            });
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
