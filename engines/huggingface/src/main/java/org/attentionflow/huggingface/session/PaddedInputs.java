package org.attentionflow.huggingface.session;

import java.util.BitSet;
import java.util.List;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.token.TokenSequence;

/**
 * Inputs as a model takes them, [batch, token], filled up to one width.
 *
 * @param inputs at least one
 * @param unattended the tokens that no token attends to, the same for every input
 * @param limits how positions are counted
 * @param paddingId the id that stands where an input has ended
 * @param rows the number of rows; those behind the inputs repeat the first one
 * @param width the number of tokens of a row, at least that of the longest input
 */
public record PaddedInputs(
    List<TokenSequence> inputs,
    BitSet unattended,
    InputLimits limits,
    int paddingId,
    int rows,
    int width) {
  /** A row per input, as wide as the longest of them. */
  public static PaddedInputs of(
      List<TokenSequence> inputs, BitSet unattended, InputLimits limits, int paddingId) {
    return new PaddedInputs(inputs, unattended, limits, paddingId, inputs.size(), longest(inputs));
  }

  /** The number of tokens of the longest input. */
  public static int longest(List<TokenSequence> inputs) {
    return inputs.stream().mapToInt(TokenSequence::size).max().orElseThrow();
  }

  /** The number of tokens of each input. */
  public int[] lengths() {
    return inputs.stream().mapToInt(TokenSequence::size).toArray();
  }

  /**
   * What the model reads in a role, [batch, token]; zeros behind the end of an input but for ids.
   */
  public long[] values(InputRole role) {
    long[] values = new long[rows * width];
    for (int b = 0; b < rows; b++) {
      TokenSequence input = inputs.get(b < inputs.size() ? b : 0);
      int[] ids = input.ids();
      long[] positions = role == InputRole.POSITIONS ? limits.positions(ids) : new long[0];
      for (int t = 0; t < width; t++) {
        boolean inside = t < ids.length;
        values[b * width + t] =
            switch (role) {
              case IDS -> inside ? ids[t] : paddingId;
              case MASK -> inside && !unattended.get(t) ? 1 : 0;
              case SEGMENTS -> inside ? input.segments().get(t) : 0;
              case POSITIONS -> inside ? positions[t] : 0;
            };
      }
    }
    return values;
  }
}
