package org.attentionflow.baselines.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.attentionflow.baselines.SmallModel;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.EncoderWeights;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.engine.Target;
import org.attentionflow.tensor.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Relevance: closed cases of the rules, and conservation through the whole network. */
class RelevancePassTest {
  /** Outputs 2·1 − 1·3 and 1·1 + 2·3 of x = (1, 3): only 2·1 speaks for the first. */
  @Test
  void affineMapsShareRelevanceByWhatSpeaksForAnOutput() {
    AffineMap map =
        AffineMap.of(
            new EncoderWeights.Affine(
                FloatTensor.of(new float[] {2, -1, 1, 2}, 2, 2),
                FloatTensor.of(new float[] {5, -5}, 2)));
    double[] relevance = map.relevance(new double[] {1, 3}, new double[] {0.5, 0.7});
    assertArrayEquals(new double[] {0.5 + 0.1, 0.6}, relevance, 1e-15);
  }

  /** A negative input with a negative weight speaks for an output too. */
  @Test
  void twoNegativesSpeakForAnOutput() {
    AffineMap map =
        AffineMap.of(
            new EncoderWeights.Affine(
                FloatTensor.of(new float[] {-2, 2}, 1, 2), FloatTensor.of(new float[] {0}, 1)));
    assertArrayEquals(
        new double[] {1, 0}, map.relevance(new double[] {-1, -1}, new double[] {1}), 0);
  }

  /** Shares (¾, ¼) and (−1, 2) of relevances 4 and 1: 2 and 3, then scaled to the sum 5. */
  @Test
  void sumsShareRelevanceAndConserveIt() {
    double[][] parts =
        SplitRules.sum(new double[] {3, -1}, new double[] {1, 2}, new double[] {4, 1});
    assertArrayEquals(new double[] {3, -1}, parts[0], 1e-15);
    assertArrayEquals(new double[] {1, 2}, parts[1], 1e-15);
    double[][] opposed = SplitRules.sum(new double[] {3}, new double[] {-2}, new double[] {1});
    assertEquals(0.6, opposed[0][0], 1e-15);
    assertEquals(0.4, opposed[1][0], 1e-15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "a gorgeous, witty film", SmallModel.TEXT})
  void conservesRelevanceThroughEveryLayer(String text) {
    Capture capture =
        SmallModel.capture(text, Target.predicted(), EnumSet.of(Quantity.HIDDEN_STATES));
    EncoderPass pass = EncoderPass.of(new SmallModel().encoderWeights(), capture);
    for (ResolvedTarget target :
        List.of(new ResolvedTarget(0, ResolvedTarget.NONE), new ResolvedTarget(1, 0))) {
      for (RelevancePass.LayerRelevance layer : RelevancePass.of(pass, target)) {
        double size = Arrays.stream(layer.input()).map(Math::abs).sum();
        assertEquals(1, Arrays.stream(layer.input()).sum(), 1e-9 * size, text);
      }
    }
  }

  /** Products give one half to each operand. */
  @Test
  void attentionHasHalfOfWhatTheMixtureHas() {
    Capture capture =
        SmallModel.capture(SmallModel.TEXT, Target.predicted(), EnumSet.of(Quantity.HIDDEN_STATES));
    LayerPass layer = EncoderPass.of(new SmallModel().encoderWeights(), capture).layers().get(2);
    double[] relevance = layer.mixed().clone();
    double total = Arrays.stream(relevance).sum();
    double[][] parts = SplitRules.attentionTimesValue(layer, relevance);
    assertEquals(total / 2, Arrays.stream(parts[0]).sum(), 1e-10);
    assertEquals(total / 2, Arrays.stream(parts[1]).sum(), 1e-10);
    // With R = A V the ratio is 1, so that the attention's share is A ∘ (1 Vᵀ) / 2.
    double values = 0;
    for (int d = 0; d < layer.heads().headWidth(); d++) {
      values += layer.value()[layer.heads().row(1, 4) + d];
    }
    int at = layer.heads().attentionRow(1, 3) + 4;
    assertEquals(layer.attention()[at] * values / 2, parts[0][at], 1e-14);
  }
}
