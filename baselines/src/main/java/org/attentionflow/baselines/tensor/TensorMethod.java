package org.attentionflow.baselines.tensor;

import java.util.List;
import java.util.Map;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.EncoderAttention;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.information.Aggregation;
import org.attentionflow.information.Aggregator;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.Sources;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.tensor.Matrix;

/**
 * A method that reads the information tensor of an aggregator in another way than by a barrier
 * flow. Head reduction, residual option and sources are those that flow methods have, so that the
 * tensor and the network are the same.
 */
abstract class TensorMethod extends Baseline {
  /** Which aggregator makes the tensor. */
  static final MethodOption TENSOR =
      new MethodOption("tensor", "agf", "information tensor by aggregator: af, gf, agf, …");

  TensorMethod(Profile profile) {
    super(profile);
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    Aggregation aggregation =
        new Aggregation(aggregator(options), settings.heads(), settings.residual());
    return reading(aggregation, settings.network().sources());
  }

  /** The plan for an aggregation. */
  final Plan reading(Aggregation aggregation, Sources sources) {
    return Plan.reading(
        aggregation.aggregator().needs(),
        capture -> scores(stack(aggregation.apply(capture)), sources));
  }

  /** The aggregator that the option names. */
  static Aggregator aggregator(MethodOptions options) {
    return Plugins.load(Aggregator.class).get(options.text(TENSOR.key()));
  }

  /**
   * The scores of the tokens.
   *
   * @param layers Ā_1 to Ā_L, [query, key], not negative
   * @param sources the tokens of the top layer that the method starts from
   */
  abstract double[] scores(List<Matrix> layers, Sources sources);

  /**
   * The row that products of layers are read in: the only source, or [CLS] if there are several.
   */
  static int row(Sources sources, int tokenCount) {
    boolean[] isSource = sources.among(tokenCount);
    int row = EncoderAttention.CLASSIFIER;
    int count = 0;
    for (int i = 0; i < tokenCount; i++) {
      count += isSource[i] ? 1 : 0;
      row = isSource[i] ? i : row;
    }
    return count == 1 ? row : EncoderAttention.CLASSIFIER;
  }

  private static List<Matrix> stack(InformationTensor information) {
    Map<?, List<Matrix>> stacks = information.stacks();
    List<Matrix> only = stacks.size() == 1 ? stacks.values().iterator().next() : List.of();
    if (only.isEmpty() || only.get(0).rowCount() != only.get(0).columnCount()) {
      throw new UnusableInputException(
          "The method reads one stack of self-attention; the model has "
              + stacks.keySet()
              + ". Maybe choose another method.");
    }
    return only;
  }
}
