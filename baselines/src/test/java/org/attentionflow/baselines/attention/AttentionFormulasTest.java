package org.attentionflow.baselines.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.attentionflow.baselines.Captures;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.junit.jupiter.api.Test;

/** The methods of attention against their formulas, written out with whole matrices. */
class AttentionFormulasTest {
  /** Sums of some tens of numbers of about 1. */
  private static final double ROUNDING = 1e-13;

  private static final int TOKENS = 5;

  private final Capture one = Captures.random(1, 3, TOKENS, 1);
  private final Capture three = Captures.random(3, 2, TOKENS, 2);

  @Test
  void rawAttentionIsARowOfTheLastLayer() {
    double[] scores = Captures.scores(new RawAttention(), three);
    assertArrayEquals(mean(three, 2, (a, g) -> a)[0], scores, ROUNDING);
    assertEquals(1, Arrays.stream(scores).sum(), 1e-6);
  }

  @Test
  void rolloutOfOneLayerIsThatLayerWithItsResidual() {
    double[][] layer = mean(one, 0, (a, g) -> a);
    double[] expected = layer[0].clone();
    expected[0] += 1;
    for (int k = 0; k < TOKENS; k++) {
      expected[k] /= 2;
    }
    // Attention is captured as floats, so that rows sum to 1 up to their rounding.
    assertArrayEquals(expected, Captures.scores(new Rollout(), one), 1e-7);
    assertArrayEquals(layer[0], Captures.scores(new Rollout(), one, "residual", "none"), ROUNDING);
  }

  @Test
  void rolloutIsTheProductOfTheLayers() {
    double[][] product = identity();
    double[][] withResidual = identity();
    for (int l = 0; l < 3; l++) {
      double[][] layer = mean(three, l, (a, g) -> a);
      product = times(layer, product);
      double[][] half = identity();
      for (int q = 0; q < TOKENS; q++) {
        double sum = Arrays.stream(layer[q]).sum() + 1;
        for (int k = 0; k < TOKENS; k++) {
          half[q][k] = (half[q][k] + layer[q][k]) / sum;
        }
      }
      withResidual = times(half, withResidual);
    }
    assertArrayEquals(
        product[0], Captures.scores(new Rollout(), three, "residual", "none"), ROUNDING);
    assertArrayEquals(withResidual[0], Captures.scores(new Rollout(), three), ROUNDING);
  }

  @Test
  void gradsKeepTheirSign() {
    double[] expected = mean(three, 2, (a, g) -> g)[0];
    assertArrayEquals(expected, Captures.scores(new Grads(), three), ROUNDING);
    assertEquals(true, Arrays.stream(expected).anyMatch(score -> score < 0));
  }

  @Test
  void attGradsWeightHeadsByTheirMeanGradient() {
    AttentionLayer last = three.attention(AttentionKind.ENCODER).get(2);
    double[] expected = new double[TOKENS];
    for (int h = 0; h < 2; h++) {
      double weight = 0;
      for (int q = 0; q < TOKENS; q++) {
        for (int k = 0; k < TOKENS; k++) {
          weight += last.gradient().orElseThrow().get(h, q, k) / (double) (TOKENS * TOKENS);
        }
      }
      for (int k = 0; k < TOKENS; k++) {
        expected[k] += weight * last.attention().get(h, 0, k) / 2;
      }
    }
    double[] clipped = Arrays.stream(expected).map(score -> Math.max(0, score)).toArray();
    assertArrayEquals(clipped, Captures.scores(new AttGrads(), three), ROUNDING);
  }

  @Test
  void cheferFollowsItsRecursion() {
    double[][] relevance = identity();
    for (int l = 0; l < 3; l++) {
      double[][] step = times(mean(three, l, (a, g) -> Math.max(0, a * g)), relevance);
      for (int q = 0; q < TOKENS; q++) {
        for (int k = 0; k < TOKENS; k++) {
          relevance[q][k] += step[q][k];
        }
      }
    }
    relevance[0][0] -= 1;
    assertArrayEquals(relevance[0], Captures.scores(new Chefer(), three), ROUNDING);
    assertArrayEquals(
        mean(one, 0, (a, g) -> Math.max(0, a * g))[0],
        Captures.scores(new Chefer(), one),
        ROUNDING);
  }

  /** The mean over heads of a function of attention and gradient. */
  private static double[][] mean(Capture capture, int layer, DoubleBinaryOperator of) {
    AttentionLayer attention = capture.attention(AttentionKind.ENCODER).get(layer);
    double[][] mean = new double[TOKENS][TOKENS];
    for (int h = 0; h < attention.headCount(); h++) {
      for (int q = 0; q < TOKENS; q++) {
        for (int k = 0; k < TOKENS; k++) {
          double a = attention.attention().get(h, q, k);
          double g = attention.gradient().orElseThrow().get(h, q, k);
          mean[q][k] += of.applyAsDouble(a, g) / attention.headCount();
        }
      }
    }
    return mean;
  }

  private static double[][] identity() {
    double[][] identity = new double[TOKENS][TOKENS];
    for (int i = 0; i < TOKENS; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  private static double[][] times(double[][] left, double[][] right) {
    double[][] product = new double[TOKENS][TOKENS];
    for (int i = 0; i < TOKENS; i++) {
      for (int j = 0; j < TOKENS; j++) {
        for (int k = 0; k < TOKENS; k++) {
          product[i][j] += left[i][k] * right[k][j];
        }
      }
    }
    return product;
  }
}
