package org.attentionflow.evaluation.perturbation;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.attentionflow.failure.UnusableInputException;

/** Reads from a table what a model said: any metric of the recorded sets, without the model. */
public final class RecordedValueFunction implements ValueFunction {
  private final int size;
  private final String removal;
  private final SortedMap<BitSet, double[]> table;

  /**
   * Makes a value function of a table.
   *
   * @param size the number of features
   * @param removal the operator the sets were removed with
   * @param logProbabilities per removed set the log-probabilities of all classes
   */
  public RecordedValueFunction(int size, String removal, Map<BitSet, double[]> logProbabilities) {
    this.size = size;
    this.removal = removal;
    SortedMap<BitSet, double[]> sorted = new TreeMap<>(FeatureSets.ORDER);
    logProbabilities.forEach((set, values) -> sorted.put((BitSet) set.clone(), values));
    this.table = Collections.unmodifiableSortedMap(sorted);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String removal() {
    return removal;
  }

  @Override
  public double[][] logProbabilities(List<BitSet> removed) {
    double[][] results = new double[removed.size()][];
    for (int i = 0; i < results.length; i++) {
      BitSet set = removed.get(i);
      double[] values = table.get(set);
      if (values == null) {
        throw new UnusableInputException(
            "The recorded table has no entry for the removed set " + set + ".");
      }
      results[i] = values;
    }
    return results;
  }

  @Override
  public SortedMap<BitSet, double[]> evaluated() {
    return table;
  }
}
