package org.attentionflow.evaluation.perturbation;

import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import org.attentionflow.failure.UnusableInputException;

/**
 * What a model says of one input when sets of its features are removed by one operator. Every set
 * is evaluated once, however often and by whomever it is asked for: one value function serves all
 * metrics and all methods of an example. The numbers of a set do not depend on which others are
 * asked for with it or before it. For use by one thread at a time.
 */
public interface ValueFunction {
  /** The number of removable features, N. */
  int size();

  /** The name of the removal operator. */
  String removal();

  /**
   * The logarithms of the softmax probabilities of all classes, natural, for each set.
   *
   * @param removed sets of features, by index in 0 … N−1; the empty set is the whole input. Not
   *     changed.
   * @return [set, class], each ≤ 0; not to be written to
   * @throws UnusableInputException if a set cannot be evaluated
   */
  double[][] logProbabilities(List<BitSet> removed);

  /** The same for one set. */
  default double[] logProbabilities(BitSet removed) {
    return logProbabilities(List.of(removed))[0];
  }

  /**
   * Everything evaluated so far: per removed set the log-probabilities of all classes, sorted by
   * {@link FeatureSets#ORDER}. Not to be written to.
   */
  SortedMap<BitSet, double[]> evaluated();
}
