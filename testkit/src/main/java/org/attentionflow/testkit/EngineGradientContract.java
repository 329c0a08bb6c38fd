package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EmbeddedInput;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;

/** What every model engine owes of gradients, with respect to attention and to embeddings. */
abstract class EngineGradientContract extends EngineCaptureContract {
  /**
   * The target's value when one element of the attention is changed, if the provider can do that;
   * then gradients are compared with central differences.
   *
   * @param layer the layer of the first kind of attention, and so the other indices
   */
  protected OptionalDouble targetAt(
      ModelSession session,
      TokenSequence input,
      int layer,
      int head,
      int query,
      int key,
      double change) {
    return OptionalDouble.empty();
  }

  /** Differentiation is linear: ∇(y₀ − y₁) = ∇y₀ − ∇y₁, up to the rounding of both. */
  @Test
  void differentiatesAContrast() {
    assumeCapabilities(EnumSet.of(Quantity.ATTENTION_GRADIENT));
    try (ModelSession session = open()) {
      TokenSequence input = sequences(session).get(0);
      List<float[]> first = gradients(capture(session, input, new Target.Index(0)));
      List<float[]> second = gradients(capture(session, input, new Target.Index(1)));
      List<float[]> contrast = gradients(capture(session, input, new Target.Contrast("0/1")));
      for (int layer = 0; layer < contrast.size(); layer++) {
        float[] difference = first.get(layer).clone();
        for (int i = 0; i < difference.length; i++) {
          difference[i] -= second.get(layer)[i];
        }
        double size = Math.max(largest(first.get(layer)), largest(second.get(layer)));
        assertArrayEquals(difference, contrast.get(layer), (float) (1e-4 * size));
      }
    }
  }

  /**
   * A step of 1/64 costs rounding of y of 64 float steps, and a curvature of y times its square.
   */
  @Test
  void differentiatesAsCentralDifferencesDo() {
    double step = 1.0 / 64;
    try (ModelSession session = open()) {
      TokenSequence input = sequences(session).get(0);
      assumeTrue(
          targetAt(session, input, 0, 0, 0, 0, 0).isPresent(), "attention cannot be changed");
      Capture capture = capture(session, input);
      List<AttentionLayer> layers = capture.attention().values().iterator().next();
      float logit = capture.logits()[capture.target().index()];
      for (int layer = 0; layer < layers.size(); layer++) {
        float[] gradient = layers.get(layer).gradient().orElseThrow().values();
        double tolerance = 128 * FLOAT_STEP * (1 + Math.abs(logit)) + 0.01 * largest(gradient);
        for (int key = 0; key < input.size(); key++) {
          double up = targetAt(session, input, layer, 0, 0, key, step).orElseThrow();
          double down = targetAt(session, input, layer, 0, 0, key, -step).orElseThrow();
          assertEquals((up - down) / (2 * step), gradient[key], tolerance, "layer " + layer);
        }
      }
    }
  }

  /**
   * A step along the gradient changes y by its length; a step of 1/64 of the embeddings' size costs
   * a curvature of y times its square, and rounding of y.
   */
  @Test
  void computesFromGivenEmbeddings() {
    try (ModelSession session = open()) {
      TokenSequence input = sequences(session).get(0);
      if (!capabilities().contains(Capability.EMBEDDING_INPUT)) {
        FloatTensor none = FloatTensor.of(new float[input.size()], input.size(), 1);
        assertThrows(
            UnusableInputException.class,
            () -> session.captureEmbedded(List.of(new EmbeddedInput(input, none)), request()));
        return;
      }
      CaptureRequest request =
          new CaptureRequest(
              new Target.Index(0), EnumSet.of(Quantity.EMBEDDING, Quantity.EMBEDDING_GRADIENT));
      Capture capture = session.capture(List.of(input), request).get(0);
      FloatTensor embeddings = Objects.requireNonNull(capture.embeddings());
      float[] gradient = Objects.requireNonNull(capture.embeddingGradient()).values();
      assertArrayEquals(capture.logits(), embedded(session, input, embeddings, gradient, 0));
      double squares = 0;
      for (float slope : gradient) {
        squares += (double) slope * slope;
      }
      double step = largest(embeddings.values()) / 64 / Math.sqrt(squares);
      double up = embedded(session, input, embeddings, gradient, step)[0];
      double down = embedded(session, input, embeddings, gradient, -step)[0];
      double rounding = 128 * FLOAT_STEP * (1 + Math.abs(capture.logits()[0])) / step;
      assertEquals(squares, (up - down) / (2 * step), 0.05 * squares + rounding);
    }
  }

  private static float[] embedded(
      ModelSession session, TokenSequence input, FloatTensor at, float[] direction, double step) {
    float[] moved = at.values().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    EmbeddedInput embedded = new EmbeddedInput(input, FloatTensor.of(moved, at.shape()));
    CaptureRequest nothing =
        new CaptureRequest(new Target.Index(0), EnumSet.noneOf(Quantity.class));
    return session.captureEmbedded(List.of(embedded), nothing).get(0).logits();
  }

  private static List<float[]> gradients(Capture capture) {
    return capture.attention().values().stream()
        .flatMap(List::stream)
        .map(layer -> layer.gradient().orElseThrow().values())
        .toList();
  }
}
