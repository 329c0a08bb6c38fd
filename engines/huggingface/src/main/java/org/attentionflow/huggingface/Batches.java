package org.attentionflow.huggingface;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.attentionflow.token.TokenSequence;

/**
 * Runs many inputs in batches of about equal lengths and returns results in the order of inputs.
 */
public final class Batches {
  private Batches() {}

  /**
   * Applies a function batch by batch.
   *
   * @param mixed whether inputs of different lengths may be in one batch
   * @param batchSize the most inputs of a batch, given the length of its longest input
   * @param run one result per input of a batch, in order
   */
  public static <R> List<R> apply(
      List<TokenSequence> inputs,
      boolean mixed,
      IntUnaryOperator batchSize,
      Function<List<TokenSequence>, List<R>> run) {
    List<Integer> byLength =
        IntStream.range(0, inputs.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> inputs.get(i).size()))
            .toList();
    List<R> results = new ArrayList<>(inputs.size());
    List<R> sorted = new ArrayList<>(inputs.size());
    for (int from = 0; from < byLength.size(); ) {
      int to = from + 1;
      while (to < byLength.size()
          && (mixed || inputs.get(byLength.get(to)).size() == inputs.get(byLength.get(from)).size())
          && to - from < batchSize.applyAsInt(inputs.get(byLength.get(to)).size())) {
        to++;
      }
      sorted.addAll(run.apply(byLength.subList(from, to).stream().map(inputs::get).toList()));
      from = to;
    }
    int[] place = new int[inputs.size()];
    for (int i = 0; i < place.length; i++) {
      place[byLength.get(i)] = i;
    }
    for (int i : place) {
      results.add(sorted.get(i));
    }
    return results;
  }
}
