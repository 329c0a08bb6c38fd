package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.attribution.FlowAttributor;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.information.Aggregation;
import org.attentionflow.information.AttentionAggregator;
import org.attentionflow.information.HeadReduction;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.information.ResidualConnection;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.CapacityScale;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.ForwardNetworkBuilder;
import org.attentionflow.network.NetworkBuilder;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.Sources;
import org.attentionflow.network.TerminalCapacity;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From information tensor to scores. */
class ScoresTest {
  /** One layer, one query row that counts: the scores are that row, however flow is computed. */
  @ParameterizedTest
  @EnumSource(CapacityScale.class)
  void areInTheUnitOfTheInformation(CapacityScale scale) {
    double[][] rows = {{0.001, 0.002, 0.5}, {0.0625, 0.125, 0.25}, {1, 1, 1}};
    InformationTensor information = InformationTensor.of(List.of(Matrix.ofRows(rows)));
    NetworkSettings settings =
        new NetworkSettings(TerminalCapacity.OPEN, scale, Sources.position(1));
    for (NetworkBuilder builder :
        List.of(new BackwardNetworkBuilder(), new ForwardNetworkBuilder())) {
      Attribution attribution = attributor(builder, settings).attribute(information);
      assertArrayEquals(rows[1], attribution.scores(), 1e-15);
    }
  }

  /** Algorithm 2 is Algorithm 1 with every arc turned round. */
  @Test
  void forwardIsBackwardReversed() {
    List<Matrix> layers = new RandomLayers(new Random(5), 4, 3).sparse();
    for (Sources sources : List.of(Sources.all(), Sources.classifier(), Sources.position(-2))) {
      NetworkSettings settings =
          new NetworkSettings(TerminalCapacity.OPEN, CapacityScale.NONE, sources);
      InformationTensor information = InformationTensor.of(layers);
      FlowNetwork reversed =
          NetworkTransforms.reversed(new BackwardNetworkBuilder().build(information, settings));
      FlowNetwork forward = new ForwardNetworkBuilder().build(information, settings);
      int count = forward.blocks().size();
      for (int block = 0; block < count; block++) {
        assertArrayEquals(
            reversed.blocks().get(count - 1 - block).capacity().values(),
            forward.blocks().get(block).capacity().values());
      }
      assertEquals(reversed.largestCapacity(), forward.largestCapacity());
    }
  }

  @Test
  void ofWordsAreSumsOverTheirTokens() {
    List<Token> tokens =
        List.of(
            new Token(0, 1, "[CLS]", 0, 0, true),
            new Token(1, 5, "un", 0, 2, false),
            new Token(2, 6, "##kind", 2, 6, false),
            new Token(3, 7, "words", 7, 12, false));
    TokenSequence sequence = TokenSequence.of("unkind words", tokens);
    double[] scores = {8, 1, 2, 4};
    assertArrayEquals(new double[] {3, 4}, Attribution.wordScores(sequence, scores));
  }

  private static FlowAttributor attributor(NetworkBuilder builder, NetworkSettings settings) {
    return new FlowAttributor(
        "exact",
        new Aggregation(new AttentionAggregator(), HeadReduction.MEAN, ResidualConnection.NONE),
        builder,
        settings,
        new FlowComputation(
            new ExactFlowSolver(), BarrierParameter.relative(1e-3), SolverSettings.defaults()));
  }
}
