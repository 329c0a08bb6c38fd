package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Target;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;

/** The checks find what they are there for. */
class CheckedSessionTest {
  private static final CaptureRequest REQUEST =
      CaptureRequest.attentionAndGradient(Target.predicted());

  @Test
  void namesTheRowThatDoesNotSumToOne() {
    String message =
        failure(
            capture -> {
              FloatTensor attention = capture.attention(AttentionKind.ENCODER).get(2).attention();
              for (int key = 0; key < 4; key++) {
                attention.values()[(4 + 3) * 4 + key] = 0.1075f;
              }
              return capture;
            });
    assertEquals(
        "layer 2 head 1 row 3 of the attention sums to 0.4300, not 1. Maybe it was taken before"
            + " the softmax, or from a fused kernel.",
        message);
  }

  @Test
  void findsAMissingGradient() {
    String message =
        failure(
            capture ->
                with(
                    capture,
                    capture.attention(AttentionKind.ENCODER).stream()
                        .map(layer -> AttentionLayer.of(layer.attention()))
                        .toList()));
    assertEquals("ENCODER attention of layer 0: gradient is missing", message);
  }

  @Test
  void findsPaddingAndMissingLayers() {
    AttentionLayer padded =
        AttentionLayer.of(
            FloatTensor.of(new float[2 * 5 * 5], 2, 5, 5),
            FloatTensor.of(new float[2 * 5 * 5], 2, 5, 5));
    assertEquals(
        "ENCODER attention of layer 0 has the shape FloatTensor[2, 5, 5]."
            + " Maybe padding was not cut.",
        failure(capture -> with(capture, List.of(padded, padded, padded))));
    assertEquals(
        "ENCODER attention of 1 layers; the model has 3",
        failure(capture -> with(capture, List.of(padded))));
  }

  @Test
  void findsAGradientThatIsNoNumber() {
    assertEquals(
        "The gradient of layer 1 of the attention holds NaN",
        failure(
            capture -> {
              AttentionLayer layer = capture.attention(AttentionKind.ENCODER).get(1);
              layer.gradient().orElseThrow().values()[5] = Float.NaN;
              return capture;
            }));
  }

  @Test
  void findsUseAfterClosing() {
    ModelSession session = new CheckedModelSession(new SyntheticSession());
    session.close();
    assertThrows(AssertionError.class, () -> session.tokenize("a"));
  }

  private static Capture with(Capture capture, List<AttentionLayer> layers) {
    return Capture.of(capture.tokens(), capture.logits(), capture.target(), layers);
  }

  /** What is said about a capture of two words that was tampered with. */
  private static String failure(UnaryOperator<Capture> tampering) {
    ModelSession session = new CheckedModelSession(new Tampered(tampering));
    List<TokenSequence> input = List.of(session.tokenize("two words"));
    return assertThrows(AssertionError.class, () -> session.capture(input, REQUEST)).getMessage();
  }

  private record Tampered(ModelSession session, UnaryOperator<Capture> tampering)
      implements ModelSession {
    Tampered(UnaryOperator<Capture> tampering) {
      this(new SyntheticSession(), tampering);
    }

    @Override
    public ModelDescription model() {
      return session.model();
    }

    @Override
    public TokenSequence tokenize(String text) {
      return session.tokenize(text);
    }

    @Override
    public TokenSequence sequence(int[] ids) {
      return session.sequence(ids);
    }

    @Override
    public List<float[]> logits(List<TokenSequence> inputs) {
      return session.logits(inputs);
    }

    @Override
    public List<Capture> capture(List<TokenSequence> inputs, CaptureRequest request) {
      return session.capture(inputs, request).stream().map(tampering).toList();
    }

    @Override
    public long captureBytes(int tokenCount, int inputCount, CaptureRequest request) {
      return session.captureBytes(tokenCount, inputCount, request);
    }

    @Override
    public Map<String, String> digests() {
      return session.digests();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
