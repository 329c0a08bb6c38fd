package org.attentionflow.evaluation.perturbation;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/**
 * What can be removed from an input, E: its tokens or its words, in order. Special tokens (padding
 * among them) belong to no feature. Feature i has the index i in scores, sets and orders.
 *
 * @param positions per feature the indices of its tokens, none of them empty; not to be written to
 */
public record Features(List<BitSet> positions) {
  /** Copies the list and the sets. */
  public Features {
    positions = positions.stream().map(set -> (BitSet) set.clone()).toList();
  }

  /** Every token that is not special is a feature. */
  public static Features tokens(TokenSequence tokens) {
    return new Features(
        tokens.tokens().stream()
            .filter(token -> !token.special())
            .map(token -> set(List.of(token.index())))
            .toList());
  }

  /** Every word is a feature; see {@link TokenSequence#words()}. */
  public static Features words(TokenSequence tokens) {
    return new Features(
        tokens.words().stream()
            .map(
                word ->
                    set(
                        word.tokens().stream()
                            .filter(index -> !isSpecial(tokens.tokens().get(index)))
                            .toList()))
            .filter(set -> !set.isEmpty())
            .toList());
  }

  /** The number of features, N. */
  public int size() {
    return positions.size();
  }

  /** The tokens of a set of features. */
  public BitSet tokensOf(BitSet features) {
    BitSet tokens = new BitSet();
    features.stream().forEach(feature -> tokens.or(positions.get(feature)));
    return tokens;
  }

  /**
   * The score of every feature: the sum of its tokens' scores.
   *
   * @param tokenScores one score per token of the whole input
   */
  public double[] scores(double[] tokenScores) {
    return IntStream.range(0, size())
        .mapToDouble(
            feature -> {
              double sum = 0;
              BitSet tokens = positions.get(feature);
              for (int t = tokens.nextSetBit(0); t >= 0; t = tokens.nextSetBit(t + 1)) {
                sum += tokenScores[t];
              }
              return sum;
            })
        .toArray();
  }

  private static boolean isSpecial(Token token) {
    return token.special();
  }

  private static BitSet set(List<Integer> indices) {
    BitSet set = new BitSet();
    indices.forEach(set::set);
    return set;
  }
}
