package org.attentionflow.baselines.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Captures;
import org.attentionflow.baselines.attention.Chefer;
import org.attentionflow.baselines.attention.Rollout;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.Capture;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.information.Aggregation;
import org.attentionflow.information.AttentionAggregator;
import org.attentionflow.information.AttentionGradientAggregator;
import org.attentionflow.information.HeadReduction;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.information.ResidualConnection;
import org.attentionflow.maxflow.DinicFlowSolver;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.CapacityScale;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.Sources;
import org.attentionflow.network.TerminalCapacity;
import org.attentionflow.tensor.Matrix;
import org.junit.jupiter.api.Test;

/** Readings of the information tensor against enumerations of all paths. */
class TensorFormulasTest {
  private static final int TOKENS = 4;
  private static final double ROUNDING = 1e-14;

  private final Capture capture = Captures.random(3, 2, TOKENS, 4);

  /** AGF of the capture, and by hand a tensor with a dead end and a source without any path. */
  private List<Matrix> layers() {
    return new Aggregation(
            new AttentionGradientAggregator(), HeadReduction.MEAN, ResidualConnection.NONE)
        .apply(capture)
        .layers(AttentionKind.ENCODER);
  }

  private static final List<Matrix> DEAD_ENDS =
      List.of(
          Matrix.ofRows(new double[][] {{1, 2, 0}, {0, 0, 0}, {0, 3, 1}}),
          Matrix.ofRows(new double[][] {{1, 5, 1}, {2, 0, 0}, {0, 4, 0}}));

  @Test
  void widestPathIsTheWidestOfAllPaths() {
    for (List<Matrix> layers : List.of(layers(), DEAD_ENDS)) {
      double[] expected = new double[layers.get(0).rowCount()];
      paths(
          layers,
          (path, widths) -> {
            double width = Arrays.stream(widths).min().orElseThrow();
            expected[path[0]] = Math.max(expected[path[0]], width);
          });
      assertArrayEquals(expected, new WidestPath().scores(layers, Sources.all()), 0);
    }
  }

  @Test
  void widestPathStartsAtTheSources() {
    assertArrayEquals(
        new double[] {1, 1, 1}, new WidestPath().scores(DEAD_ENDS, Sources.classifier()), 0);
    assertArrayEquals(
        new double[] {0, 0, 0}, new WidestPath().scores(DEAD_ENDS, Sources.position(2)), 0);
  }

  /** Each path has the product of its steps' shares, which leave dead ends out. */
  @Test
  void randomWalkIsTheSumOverAllPaths() {
    List<Matrix> layers = layers();
    double[] expected = new double[TOKENS];
    paths(
        layers,
        (path, widths) -> {
          double probability = 1.0 / TOKENS;
          for (int l = layers.size() - 1; l >= 0; l--) {
            int row = path[l + 1];
            double sum = 0;
            for (int k = 0; k < TOKENS; k++) {
              sum += layers.get(l).get(row, k);
            }
            probability *= widths[l] / sum;
          }
          expected[path[0]] += probability;
        });
    double[] scores = new RandomWalk().scores(layers, Sources.all());
    assertArrayEquals(expected, scores, ROUNDING);
    assertEquals(1, Arrays.stream(scores).sum(), ROUNDING);
  }

  /** Token 2 of the top has no path; token 1 of layer 1 is a dead end. */
  @Test
  void randomWalkAvoidsDeadEnds() {
    // From 0: half to 0, half to 2; from 1: to 0. So layer 1 has (¾, 0, ¼).
    double[] scores = new RandomWalk().scores(DEAD_ENDS, Sources.all());
    assertArrayEquals(new double[] {0.25, 0.5 + 0.1875, 0.0625}, scores, ROUNDING);
    assertArrayEquals(new double[3], new RandomWalk().scores(DEAD_ENDS, Sources.position(2)), 0);
  }

  @Test
  void columnSumsReadTheFirstLayer() {
    assertArrayEquals(new double[] {1, 5, 1}, new ColumnSums().scores(DEAD_ENDS, Sources.all()), 0);
  }

  /** With one layer there is one arc from [CLS] to each token: ½ A + ½ I. */
  @Test
  void abnarsFlowOfOneLayerIsThatLayer() {
    Capture one = Captures.random(1, 2, TOKENS, 6);
    assertArrayEquals(
        Captures.scores(new Rollout(), one),
        Captures.scores(new AbnarAttentionFlow(), one),
        ROUNDING);
  }

  /** The same values from GAF's network with all columns of the first layer but one emptied. */
  @Test
  void abnarsFlowIsTheMaximumFlowToOneToken() {
    Aggregation aggregation =
        new Aggregation(new AttentionAggregator(), HeadReduction.MEAN, ResidualConnection.HALF);
    List<Matrix> layers = aggregation.apply(capture).layers(AttentionKind.ENCODER);
    double[] scores = Captures.scores(new AbnarAttentionFlow(), capture);
    for (int token = 0; token < TOKENS; token++) {
      double[] column = new double[TOKENS * TOKENS];
      for (int q = 0; q < TOKENS; q++) {
        column[q * TOKENS + token] = layers.get(0).get(q, token);
      }
      InformationTensor alone =
          InformationTensor.of(
              List.of(Matrix.of(TOKENS, TOKENS, column), layers.get(1), layers.get(2)));
      NetworkSettings settings =
          new NetworkSettings(TerminalCapacity.OPEN, CapacityScale.NONE, Sources.classifier());
      MethodSettings defaults = MethodSettings.defaults();
      double value =
          new FlowComputation(new DinicFlowSolver(), defaults.barrier(), defaults.solverSettings())
              .compute(new BackwardNetworkBuilder().build(alone, settings))
              .value();
      assertEquals(value, scores[token], 1e-12);
    }
  }

  @Test
  void rolloutAndCheferOfTheirOwnTensorsAreThemselves() {
    assertArrayEquals(
        Captures.scores(new Chefer(), capture), Captures.scores(new TensorChefer(), capture), 0);
    MethodSettings half =
        new MethodSettings(
            HeadReduction.MEAN,
            ResidualConnection.HALF,
            "backward",
            NetworkSettings.defaults(),
            "barrier",
            MethodSettings.defaults().barrier(),
            MethodSettings.defaults().solverSettings());
    assertArrayEquals(
        Captures.scores(new Rollout(), capture),
        Captures.scores(new TensorRollout(), capture, half, "tensor", "af"),
        0);
  }

  @Test
  void tensorsOfEveryAggregatorCanBeRead() {
    for (String tensor : List.of("af", "gf", "agf", "attention-gradient")) {
      double[] scores = Captures.scores(new WidestPath(), capture, "tensor", tensor);
      assertTrue(Arrays.stream(scores).max().orElseThrow() > 0, tensor);
    }
  }

  /** Every path of positive arcs: its tokens by depth, and the capacity of its arc per layer. */
  private static void paths(List<Matrix> layers, BiConsumer<int[], double[]> consumer) {
    int tokens = layers.get(0).rowCount();
    int[] path = new int[layers.size() + 1];
    int count = (int) Math.pow(tokens, path.length);
    for (int code = 0; code < count; code++) {
      double[] widths = new double[layers.size()];
      for (int depth = 0, left = code; depth < path.length; depth++, left /= tokens) {
        path[depth] = left % tokens;
      }
      for (int l = 0; l < widths.length; l++) {
        widths[l] = layers.get(l).get(path[l + 1], path[l]);
      }
      if (Arrays.stream(widths).min().orElseThrow() > 0) {
        consumer.accept(path, widths);
      }
    }
  }
}
