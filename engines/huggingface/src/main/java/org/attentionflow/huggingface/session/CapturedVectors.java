package org.attentionflow.huggingface.session;

import java.util.List;
import org.attentionflow.tensor.FloatTensor;

/**
 * Hidden states and embeddings of one input, [token, width] each; lists of what was not asked for
 * are empty.
 *
 * @param hiddenStates those in front of the first layer first
 * @param hiddenStateGradients in the same order
 * @param embeddings at most one element, as are their gradients
 */
public record CapturedVectors(
    List<FloatTensor> hiddenStates,
    List<FloatTensor> hiddenStateGradients,
    List<FloatTensor> embeddings,
    List<FloatTensor> embeddingGradients) {
  /** Nothing was asked for. */
  public static CapturedVectors none() {
    return new CapturedVectors(List.of(), List.of(), List.of(), List.of());
  }

  /** Those of one input out of a batch's, [state][input]. */
  public static CapturedVectors of(
      int input,
      List<List<FloatTensor>> hiddenStates,
      List<List<FloatTensor>> hiddenStateGradients,
      List<List<FloatTensor>> embeddings,
      List<List<FloatTensor>> embeddingGradients) {
    return new CapturedVectors(
        of(hiddenStates, input),
        of(hiddenStateGradients, input),
        of(embeddings, input),
        of(embeddingGradients, input));
  }

  private static List<FloatTensor> of(List<List<FloatTensor>> states, int input) {
    return states.stream().map(state -> state.get(input)).toList();
  }
}
