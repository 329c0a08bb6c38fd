package org.attentionflow.evaluation.perturbation;

import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.token.TokenSequence;

/**
 * Asks a model. Each set is one forward pass of one input, as long as the input and never padded:
 * the numbers are the same bits for any batch size of the engine, any number of threads, and any
 * order of questions. See decision 0030 for what that costs.
 */
public final class ModelValueFunction implements ValueFunction {
  private final ModelSession session;
  private final TokenSequence tokens;
  private final Features features;
  private final Removal removal;
  private final Map<BitSet, double[]> known = new HashMap<>();

  /**
   * Makes a value function; nothing is evaluated yet.
   *
   * @param session the model
   * @param tokens the whole input
   * @param features what can be removed from it
   * @param removal how it is removed
   */
  public ModelValueFunction(
      ModelSession session, TokenSequence tokens, Features features, Removal removal) {
    this.session = session;
    this.tokens = tokens;
    this.features = features;
    this.removal = removal;
  }

  @Override
  public int size() {
    return features.size();
  }

  @Override
  public String removal() {
    return removal.name();
  }

  @Override
  public double[][] logProbabilities(List<BitSet> removed) {
    double[][] results = new double[removed.size()][];
    for (int i = 0; i < results.length; i++) {
      results[i] = evaluate(removed.get(i));
    }
    return results;
  }

  @Override
  public SortedMap<BitSet, double[]> evaluated() {
    SortedMap<BitSet, double[]> sorted = new TreeMap<>(FeatureSets.ORDER);
    sorted.putAll(known);
    return Collections.unmodifiableSortedMap(sorted);
  }

  private double[] evaluate(BitSet removed) {
    double[] result = known.get(removed);
    if (result == null) {
      result = LogSoftmax.of(logits(removed));
      known.put((BitSet) removed.clone(), result);
    }
    return result;
  }

  private float[] logits(BitSet removed) {
    if (removed.length() > size()) {
      throw new IllegalArgumentException(
          "Feature " + (removed.length() - 1) + " is none of the " + size() + ".");
    }
    PerturbedInput input = removal.remove(tokens, features.tokensOf(removed), session.model());
    List<TokenSequence> alone = List.of(input.tokens());
    BitSet unattended = input.unattended();
    List<float[]> logits =
        unattended.isEmpty() ? session.logits(alone) : session.logits(alone, List.of(unattended));
    return logits.get(0);
  }
}
