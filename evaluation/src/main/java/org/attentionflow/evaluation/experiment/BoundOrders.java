package org.attentionflow.evaluation.experiment;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.attentionflow.evaluation.dataset.Selection;

/**
 * Which texts get rows of the best and the worst order of removal, and how these are searched for.
 *
 * @param isOn whether there are such rows
 * @param beamLimit up to how many features a beam goes feature by feature; above in blocks
 * @param texts the most texts whose orders are searched for; 0 for all
 * @param seed the seed of their draw
 */
public record BoundOrders(boolean isOn, int beamLimit, int texts, long seed) {
  /**
   * The indices of the texts whose orders are searched for, drawn without replacement.
   *
   * @param taken the number of texts of the run, those that will be skipped included
   */
  public Set<Integer> drawn(int taken) {
    return isOn
        ? Selection.sample(texts, seed).of(IntStream.range(0, taken).boxed().toList()).stream()
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }
}
