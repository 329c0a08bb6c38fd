package org.attentionflow.baselines.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import org.attentionflow.baselines.SmallModel;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.junit.jupiter.api.Test;

/** The pass in double precision against the engine's, and its parts against the whole. */
class EncoderPassTest {
  /** Hidden states are about 1, and the engine computes them in 32 bits. */
  private static final double ENGINE_ROUNDING = 2e-5;

  private static final double ROUNDING = 1e-11;

  private final Capture capture =
      SmallModel.capture(
          SmallModel.TEXT,
          Target.predicted(),
          EnumSet.of(Quantity.ATTENTION, Quantity.HIDDEN_STATES));
  private final EncoderPass pass = EncoderPass.of(new SmallModel().encoderWeights(), capture);

  @Test
  void agreesWithTheEngine() {
    for (int i = 0; i < capture.logits().length; i++) {
      assertEquals(capture.logits()[i], pass.logits()[i], ENGINE_ROUNDING);
    }
    for (int layer = 0; layer < pass.layers().size(); layer++) {
      assertArrayEquals(
          Rows.copy(capture.hiddenStates().get(layer + 1)),
          pass.layers().get(layer).z(),
          ENGINE_ROUNDING);
      assertArrayEquals(
          Rows.copy(capture.attention(AttentionKind.ENCODER).get(layer).attention()),
          pass.layers().get(layer).attention(),
          ENGINE_ROUNDING);
    }
  }

  @Test
  void valueVectorsAddUpToTheAttentionsOutput() {
    for (LayerPass layer : pass.layers()) {
      ValueVectors values = ValueVectors.of(layer);
      int hidden = layer.heads().hidden();
      for (int i = 0; i < layer.heads().tokenCount(); i++) {
        double[] sum = AffineMap.of(layer.weights().output()).bias().clone();
        for (int j = 0; j < layer.heads().tokenCount(); j++) {
          values.add(i, j, 1, sum, 0);
        }
        double[] attended = Arrays.copyOfRange(layer.attended(), i * hidden, (i + 1) * hidden);
        assertArrayEquals(attended, sum, ROUNDING);
      }
    }
  }

  @Test
  void contributionVectorsAddUpToTheBlocksOutput() {
    for (LayerPass layer : pass.layers()) {
      ContributionVectors vectors = ContributionVectors.of(layer);
      int hidden = layer.heads().hidden();
      for (int i = 0; i < layer.heads().tokenCount(); i++) {
        double[] sum = vectors.ofBiases(i);
        for (int j = 0; j < layer.heads().tokenCount(); j++) {
          sum = Rows.sum(sum, vectors.of(i, j));
        }
        assertArrayEquals(
            Arrays.copyOfRange(layer.y(), i * hidden, (i + 1) * hidden), sum, ROUNDING);
      }
    }
  }

  /** The same by setting the value to zero and mixing again. */
  @Test
  void aZeroedValueIsLeftOutOfTheMixture() {
    LayerPass layer = pass.layers().get(1);
    int hidden = layer.heads().hidden();
    for (int token = 0; token < layer.heads().tokenCount(); token++) {
      double[] value = layer.value().clone();
      Arrays.fill(value, token * hidden, (token + 1) * hidden, 0);
      double[] mixed = layer.heads().mix(layer.attention(), value);
      double[] attended = AffineMap.of(layer.weights().output()).apply(mixed);
      double[] y = Rows.norm(Rows.sum(attended, layer.x()), layer.weights().attentionNorm());
      double[] inner = AffineMap.of(layer.weights().inner()).apply(y);
      double[] active = Activations.apply(layer.weights().activation(), inner);
      double[] forward = AffineMap.of(layer.weights().outer()).apply(active);
      double[] z = Rows.norm(Rows.sum(forward, y), layer.weights().outputNorm());
      assertArrayEquals(z, ZeroedValue.of(layer).output(token), ROUNDING);
    }
  }
}
