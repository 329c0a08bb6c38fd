package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.token.TokenSequence;

/**
 * The engine of a {@link ModelEngineContract}, its model and inputs, and how captures are compared.
 */
abstract class EngineUnderTest extends PluginContract<ModelEngine> {
  /** 2⁻²³: the distance from 1 to the next 32-bit float. */
  static final double FLOAT_STEP = Math.ulp(1f);

  EngineUnderTest() {
    super(ModelEngine.class);
  }

  /** A small model. */
  protected abstract Path model();

  /** What the engine can do with the model; less than what it can do at all for some forms. */
  protected Set<Capability> capabilities() {
    return plugin().capabilities();
  }

  /** Inputs of different lengths as token ids, valid in the model's vocabulary. */
  protected List<int[]> inputs() {
    return List.of(new int[] {2, 5, 7, 11, 3}, new int[] {2, 13, 3}, new int[] {2, 4, 6, 8, 9, 10});
  }

  /**
   * How far numbers may differ when inputs are batched differently, relative to the largest of
   * them: the native library's order of summation.
   */
  protected double batchTolerance() {
    return 64 * FLOAT_STEP;
  }

  ModelSession open() {
    return new CheckedModelSession(plugin().open(model(), EngineSettings.defaults()));
  }

  List<TokenSequence> sequences(ModelSession session) {
    return inputs().stream().map(session::sequence).toList();
  }

  CaptureRequest request() {
    return request(Target.predicted());
  }

  CaptureRequest request(Target target) {
    return capabilities().contains(Capability.ATTENTION_GRADIENT)
        ? CaptureRequest.attentionAndGradient(target)
        : new CaptureRequest(target, EnumSet.of(Quantity.ATTENTION));
  }

  Capture capture(ModelSession session, TokenSequence input) {
    return capture(session, input, Target.predicted());
  }

  Capture capture(ModelSession session, TokenSequence input, Target target) {
    return session.capture(List.of(input), request(target)).get(0);
  }

  void assumeCapabilities(EnumSet<Quantity> quantities) {
    assumeTrue(
        !quantities.contains(Quantity.ATTENTION_GRADIENT)
            || capabilities().contains(Capability.ATTENTION_GRADIENT),
        "the engine has no gradients");
  }

  /** Equal within a tolerance relative to the largest number of the same array; 0 means bits. */
  static void assertSame(Capture expected, Capture actual, double tolerance) {
    assertEquals(expected.target(), actual.target());
    assertClose(expected.logits(), actual.logits(), tolerance);
    assertEquals(expected.attention().keySet(), actual.attention().keySet());
    expected
        .attention()
        .forEach(
            (kind, layers) -> {
              for (int layer = 0; layer < layers.size(); layer++) {
                AttentionLayer left = layers.get(layer);
                AttentionLayer right = actual.attention(kind).get(layer);
                assertClose(left.attention().values(), right.attention().values(), tolerance);
                assertEquals(left.gradient().isPresent(), right.gradient().isPresent());
                if (left.gradient().isPresent()) {
                  assertClose(
                      left.gradient().get().values(),
                      right.gradient().orElseThrow().values(),
                      tolerance);
                }
              }
            });
  }

  static void assertClose(float[] expected, float[] actual, double tolerance) {
    assertArrayEquals(expected, actual, (float) (tolerance * largest(expected)));
  }

  static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
