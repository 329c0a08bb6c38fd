package org.attentionflow.baselines.tensor;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.flow.maximum.MaximumFlow;
import org.attentionflow.information.Aggregation;
import org.attentionflow.information.ResidualConnection;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.network.Sources;
import org.attentionflow.tensor.Matrix;

/**
 * Attention flow as it was first defined: for each input token alone, the value of a maximum flow
 * to it from the top layer's [CLS], over ½ E_h(A) + ½ I. A value, unlike a flow, is unique. The
 * values do not add up to the value of one flow to all tokens: arcs are used again for every token.
 */
public final class AbnarAttentionFlow extends TensorMethod {
  /** Makes the method. */
  public AbnarAttentionFlow() {
    super(
        Profile.of(MethodGroup.INFORMATION_TENSOR, "abnar-attention-flow")
            .summary("Attention flow per pair: the maximum flow from [CLS] to one token alone.")
            .formula("s_i = maximum flow from [CLS] of layer L to i over (T_l + I) / 2")
            .source("Abnar and Zuidema, Quantifying Attention Flow in Transformers, ACL 2020")
            .nonNegative()
            .withoutTarget()
            .options(
                new MethodOption(TENSOR.key(), "af", TENSOR.meaning()),
                new MethodOption("residual", "half", "residual connection: half, none")));
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    ResidualConnection residual = options.choice("residual", ResidualConnection.class);
    Aggregation aggregation = new Aggregation(aggregator(options), settings.heads(), residual);
    return reading(aggregation, settings.network().sources());
  }

  @Override
  double[] scores(List<Matrix> layers, Sources sources) {
    int tokens = layers.get(0).rowCount();
    double open = open(layers);
    double[] top = new double[tokens];
    top[row(sources, tokens)] = open;
    double[] scores = new double[tokens];
    for (int i = 0; i < tokens; i++) {
      double[] input = new double[tokens];
      input[i] = open;
      scores[i] = MaximumFlow.of(network(layers, top, input)).value();
    }
    return scores;
  }

  /** From the super-source through the layers, top layer first, to the super-sink. */
  private static FlowNetwork network(List<Matrix> layers, double[] top, double[] input) {
    int tokens = top.length;
    int sink = layers.size() + 1;
    int source = layers.size() + 2;
    List<NodeGroup> groups = new ArrayList<>();
    for (int layer = 0; layer <= layers.size(); layer++) {
      groups.add(new NodeGroup("layer " + layer, tokens));
    }
    groups.add(new NodeGroup("super-sink", 1));
    groups.add(new NodeGroup("super-source", 1));
    List<ArcBlock> blocks = new ArrayList<>();
    blocks.add(ArcBlock.dense(source, layers.size(), Matrix.of(1, tokens, top)));
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      blocks.add(ArcBlock.dense(layer + 1, layer, layers.get(layer)));
    }
    blocks.add(ArcBlock.dense(0, sink, Matrix.of(tokens, 1, input)));
    return FlowNetwork.of(groups, blocks, source, sink, List.of(blocks.size() - 1));
  }

  /** A capacity that never binds: the sum of all. */
  private static double open(List<Matrix> layers) {
    double sum = 1;
    for (Matrix layer : layers) {
      for (double capacity : layer.values()) {
        sum += capacity;
      }
    }
    return sum;
  }
}
