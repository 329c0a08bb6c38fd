package org.attentionflow.baselines.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Captures;
import org.attentionflow.baselines.SmallModel;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EmbeddedInput;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.engine.Target;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;

/** The gradient methods against closed cases and differences of the model itself. */
class GradientFormulasTest {
  private final SmallModel session = new SmallModel();

  /** Two layers, three tokens, width 2, and numbers that can be followed by hand. */
  private static Capture byHand() {
    FloatTensor uniform =
        FloatTensor.of(
            new float[] {0.25f, 0.5f, 0.25f, 0.25f, 0.5f, 0.25f, 0.25f, 0.5f, 0.25f}, 1, 3, 3);
    FloatTensor states = FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    FloatTensor ones = FloatTensor.of(new float[] {1, 1, 1, -1, 0, 2}, 3, 2);
    return new Capture(
        Captures.tokens(3),
        null,
        new float[] {1, 0},
        new ResolvedTarget(0, ResolvedTarget.NONE),
        Map.of(
            AttentionKind.ENCODER, List.of(AttentionLayer.of(uniform), AttentionLayer.of(uniform))),
        List.of(states, states, states),
        List.of(ones, ones, ones),
        states,
        ones);
  }

  /** Products 1 + 2, 3 − 4 and 12 in each of the two layers; the output is the input of none. */
  @Test
  void catAddsTheProductsOfTheLayersInputs() {
    assertArrayEquals(new double[] {6, -2, 24}, Captures.scores(new Cat(), byHand()), 0);
  }

  /** Every query gives the three tokens ¼, ½ and ¼. */
  @Test
  void attCatWeightsThemByTheAttentionReceived() {
    assertArrayEquals(new double[] {1.5, -1, 6}, Captures.scores(new AttCat(), byHand()), 0);
  }

  @Test
  void saliencyIsALengthAndInputGradientAProduct() {
    double[] lengths = {Math.sqrt(2), Math.sqrt(2), 2};
    assertArrayEquals(lengths, Captures.scores(new Saliency(), byHand()), 1e-15);
    assertArrayEquals(new double[] {3, -1, 12}, Captures.scores(new InputGradient(), byHand()), 0);
  }

  /** e · ∂y/∂e of one token is the slope of y as that token's embedding grows. */
  @Test
  void inputGradientIsTheSlopeOfScaledEmbeddings() {
    Capture capture =
        SmallModel.capture(
            SmallModel.TEXT,
            new Target.Index(1),
            EnumSet.of(Quantity.EMBEDDING, Quantity.EMBEDDING_GRADIENT));
    double[] scores = Captures.scores(new InputGradient(), capture);
    double step = 1.0 / 64;
    for (int token = 0; token < scores.length; token++) {
      double slope =
          (scaled(capture, token, 1 + step) - scaled(capture, token, 1 - step)) / (2 * step);
      // Rounding of y: 128 steps of a float; curvature: the square of the step.
      assertEquals(slope, scores[token], 128 * Math.ulp(4f) + 0.02 * Math.abs(slope), "" + token);
    }
  }

  private double scaled(Capture capture, int token, double factor) {
    FloatTensor embeddings = Objects.requireNonNull(capture.embeddings());
    float[] values = embeddings.values().clone();
    for (int d = 0; d < embeddings.size(1); d++) {
      values[token * embeddings.size(1) + d] *= (float) factor;
    }
    EmbeddedInput input =
        new EmbeddedInput(capture.tokens(), FloatTensor.of(values, embeddings.shape()));
    CaptureRequest nothing =
        new CaptureRequest(new Target.Index(1), EnumSet.noneOf(Quantity.class));
    return session.captureEmbedded(List.of(input), nothing).get(0).logits()[1];
  }

  @Test
  void smoothGradWithoutNoiseIsSaliency() {
    double[] saliency = scores(new Saliency(), Map.of()).scores();
    double[] smooth = scores(new SmoothGrad(), Map.of("noise", "0", "samples", "4")).scores();
    assertArrayEquals(saliency, smooth, 1e-12);
    assertTrue(saliency[3] > 0);
  }

  @Test
  void smoothGradFollowsItsSeed() {
    Map<String, String> one = Map.of("seed", "1", "samples", "3");
    double[] scores = scores(new SmoothGrad(), one).scores();
    assertArrayEquals(scores, scores(new SmoothGrad(), one).scores(), 0);
    double[] other = scores(new SmoothGrad(), Map.of("seed", "2", "samples", "3")).scores();
    assertTrue(scores[3] != other[3]);
  }

  /** The midpoint rule's error falls with the square of the steps, until floats limit it. */
  @Test
  void integratedGradientsCompleteAsStepsGrow() {
    for (String baseline : List.of("pad", "mask", "unk", "zero")) {
      double coarse = gap(baseline, 4);
      double fine = gap(baseline, 256);
      assertTrue(Math.abs(fine) < 0.002, baseline + ": " + fine);
      assertTrue(Math.abs(fine) < Math.abs(coarse), baseline + ": " + fine + " of " + coarse);
    }
  }

  private double gap(String baseline, int steps) {
    return Objects.requireNonNull(
        scores(
                new IntegratedGradients(),
                Map.of("baseline", baseline, "steps", Integer.toString(steps)))
            .diagnostics()
            .get(Attribution.COMPLETENESS_GAP));
  }

  /** The baseline's value is what the model says of the text with its tokens replaced. */
  @Test
  void integratedGradientsStartFromTheReplacedText() {
    Attribution attribution = scores(new IntegratedGradients(), Map.of("baseline", "mask"));
    TokenSequence tokens = session.tokenize(SmallModel.TEXT);
    int[] ids = tokens.ids();
    int mask = session.model().specialToken("mask").orElseThrow();
    for (int i = 1; i < ids.length - 1; i++) {
      ids[i] = mask;
    }
    float[] logits = session.logits(List.of(session.sequence(ids))).get(0);
    int predicted = session.logits(List.of(tokens)).get(0)[1] > 0 ? 1 : 0;
    assertEquals(
        logits[predicted],
        Objects.requireNonNull(attribution.diagnostics().get(Attribution.BASELINE_VALUE)),
        1e-5);
    assertEquals(0, attribution.scores()[0], "[CLS] stays as it is");
  }

  private Attribution scores(AttributionMethod method, Map<String, String> options) {
    Attributor attributor = method.prepare(MethodSettings.defaults().withOptions(options));
    Capture capture = SmallModel.capture(SmallModel.TEXT, Target.predicted(), attributor.needs());
    return attributor.attribute(capture, session);
  }
}
