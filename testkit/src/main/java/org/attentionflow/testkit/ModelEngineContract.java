package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EmbeddedInput;
import org.attentionflow.engine.EncoderWeights;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.LayerReduction;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.ReducedCapture;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;

/**
 * What every model engine owes. A provider's test is this class with {@link #plugin} and {@link
 * #model} filled in; {@link CheckedModelSession} is around every session. Needs a model with at
 * least two classes.
 */
public abstract class ModelEngineContract extends PluginContract<ModelEngine> {
  /** 2⁻²³: the distance from 1 to the next 32-bit float. */
  private static final double FLOAT_STEP = Math.ulp(1f);

  /** For the interface {@link ModelEngine}. */
  protected ModelEngineContract() {
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

  @Test
  void acceptsItsModelAndOpensIt() {
    assertTrue(plugin().accepts(model()));
    try (ModelSession session = open()) {
      assertTrue(session.model().headCount() > 0);
    }
  }

  @Test
  void saysWhatItCannotOpen() {
    Path missing = Path.of("no", "such", "model");
    assumeTrue(!plugin().accepts(missing), "the engine reads no files");
    String message =
        assertThrows(
                UnusableInputException.class,
                () -> plugin().open(missing, EngineSettings.defaults()).close())
            .getMessage();
    assertFalse(String.valueOf(message).contains("\n"), "one line: " + message);
  }

  /** Shapes, order and rows that sum to 1 are checked by {@link CheckedModelSession}. */
  @Test
  void capturesExactlyWhatIsAskedFor() {
    List<EnumSet<Quantity>> requests = new ArrayList<>();
    requests.add(EnumSet.noneOf(Quantity.class));
    requests.add(EnumSet.of(Quantity.ATTENTION));
    requests.add(EnumSet.of(Quantity.ATTENTION, Quantity.ATTENTION_GRADIENT));
    if (capabilities().contains(Capability.HIDDEN_STATES)) {
      requests.add(EnumSet.of(Quantity.HIDDEN_STATES));
      requests.add(EnumSet.allOf(Quantity.class));
    }
    try (ModelSession session = open()) {
      for (EnumSet<Quantity> quantities : requests) {
        assumeCapabilities(quantities);
        session.capture(sequences(session), new CaptureRequest(Target.predicted(), quantities));
      }
    }
  }

  @Test
  void predictsWhatItCaptures() {
    try (ModelSession session = open()) {
      for (TokenSequence input : sequences(session)) {
        float[] logits = session.logits(List.of(input)).get(0);
        assertClose(logits, capture(session, input).logits(), batchTolerance());
      }
    }
  }

  @Test
  void givesTheSameBitsAgainWhateverCameBetween() {
    try (ModelSession session = open()) {
      TokenSequence input = sequences(session).get(0);
      Capture once = capture(session, input);
      sequences(session).forEach(other -> capture(session, other));
      assertSame(once, capture(session, input), 0);
    }
  }

  @Test
  void givesAnInputAloneTheNumbersOfTheBatch() {
    try (ModelSession session = open()) {
      List<TokenSequence> inputs = sequences(session);
      List<Capture> batch = session.capture(inputs, request());
      for (int i = 0; i < inputs.size(); i++) {
        assertSame(capture(session, inputs.get(i)), batch.get(i), batchTolerance());
      }
    }
  }

  /** Any function of attention and gradient will do; this one tells all entries apart. */
  @Test
  void reducesLayersAsTheyComeToTheBitsOfTheWhole() {
    LayerReduction reduction =
        layer -> {
          int size = layer.queryCount() * layer.keyCount();
          double[] sum = new double[size];
          float[] attention = layer.attention().values();
          for (int i = 0; i < attention.length; i++) {
            int at = i;
            float gradient = layer.gradient().map(values -> values.values()[at]).orElse(1f);
            sum[i % size] += (1 + i / size) * (double) attention[i] * gradient;
          }
          return Matrix.of(layer.queryCount(), layer.keyCount(), sum);
        };
    try (ModelSession session = open()) {
      List<TokenSequence> inputs = sequences(session);
      List<Capture> whole = session.capture(inputs, request());
      List<ReducedCapture> reduced = session.captureReduced(inputs, request(), reduction);
      for (int i = 0; i < inputs.size(); i++) {
        ReducedCapture expected = ReducedCapture.of(whole.get(i), reduction);
        assertEquals(expected.target(), reduced.get(i).target());
        assertArrayEquals(expected.logits(), reduced.get(i).logits());
        assertEquals(expected.layers().keySet(), reduced.get(i).layers().keySet());
        for (AttentionKind kind : expected.layers().keySet()) {
          List<Matrix> layers = expected.layers(kind);
          for (int layer = 0; layer < layers.size(); layer++) {
            assertArrayEquals(
                layers.get(layer).values(), reduced.get(i).layers(kind).get(layer).values());
          }
        }
      }
    }
  }

  @Test
  void keepsSessionsApart() {
    Capture alone;
    try (ModelSession session = open()) {
      alone = capture(session, sequences(session).get(0));
    }
    try (ModelSession session = open()) {
      try (ModelSession other = open()) {
        capture(other, sequences(other).get(1));
      }
      // The other session is closed; this one still works and is not affected.
      assertSame(alone, capture(session, sequences(session).get(0)), 0);
    }
  }

  @Test
  void capturesOnSeveralThreadsAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ModelSession session = open()) {
      List<TokenSequence> inputs = sequences(session);
      List<Capture> alone = inputs.stream().map(input -> capture(session, input)).toList();
      List<Future<Capture>> together = new ArrayList<>();
      for (int i = 0; i < 8 * inputs.size(); i++) {
        TokenSequence input = inputs.get(i % inputs.size());
        together.add(threads.submit(() -> capture(session, input)));
      }
      for (int i = 0; i < together.size(); i++) {
        assertSame(alone.get(i % inputs.size()), together.get(i).get(), 0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void cannotBeUsedOnceClosed() {
    ModelSession session = plugin().open(model(), EngineSettings.defaults());
    TokenSequence input = sequences(session).get(0);
    session.close();
    session.close();
    assertThrows(RuntimeException.class, () -> session.logits(List.of(input)));
  }

  @Test
  void refusesAClassThatDoesNotExist() {
    try (ModelSession session = open()) {
      TokenSequence input = sequences(session).get(0);
      int classes = session.logits(List.of(input)).get(0).length;
      CaptureRequest request = CaptureRequest.attentionAndGradient(new Target.Index(classes));
      assertThrows(UnusableInputException.class, () -> session.capture(List.of(input), request));
    }
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

  /** With nothing masked it predicts as always; a masked token can be any. */
  @Test
  void predictsWithoutWhatIsMasked() {
    try (ModelSession session = open()) {
      int[] ids = inputs().get(0).clone();
      TokenSequence input = session.sequence(ids);
      BitSet third = new BitSet();
      third.set(2);
      if (!capabilities().contains(Capability.ATTENTION_MASK)) {
        assertThrows(
            UnusableInputException.class, () -> session.logits(List.of(input), List.of(third)));
        return;
      }
      float[] plain = session.logits(List.of(input)).get(0);
      float[] unmasked = session.logits(List.of(input), List.of(new BitSet())).get(0);
      assertClose(plain, unmasked, batchTolerance());
      float[] masked = session.logits(List.of(input), List.of(third)).get(0);
      assertFalse(Arrays.equals(plain, masked), "masking changes nothing");
      ids[2] = inputs().get(0)[1];
      TokenSequence other = session.sequence(ids);
      assertArrayEquals(masked, session.logits(List.of(other), List.of(third)).get(0));
    }
  }

  /** Depth by depth another model, the same for the same seed, and this one stays as it is. */
  @Test
  void randomisesWeights() {
    try (ModelSession session = open()) {
      if (!capabilities().contains(Capability.RANDOM_WEIGHTS)) {
        assertThrows(UnusableInputException.class, () -> session.withRandomWeights(1, 1));
        return;
      }
      List<TokenSequence> input = sequences(session).subList(0, 1);
      int deepest = session.model().layerCount() + 2;
      float[] before = session.logits(input).get(0);
      List<float[]> seen = new ArrayList<>(List.of(before));
      for (int depth = 1; depth <= deepest; depth++) {
        float[] random = randomLogits(session, input, depth, 1);
        assertArrayEquals(random, randomLogits(session, input, depth, 1));
        assertFalse(Arrays.equals(random, randomLogits(session, input, depth, 2)));
        seen.add(random);
      }
      assertEquals(
          seen.size(), seen.stream().map(Arrays::toString).distinct().count(), "every part counts");
      assertArrayEquals(before, session.logits(input).get(0));
      assertThrows(UnusableInputException.class, () -> session.withRandomWeights(0, 1));
      assertThrows(UnusableInputException.class, () -> session.withRandomWeights(deepest + 1, 1));
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

  /** Shapes; the numbers are tested by whoever computes with them. */
  @Test
  void showsTheWeightsOfAnEncoder() {
    try (ModelSession session = open()) {
      if (!capabilities().contains(Capability.ENCODER_WEIGHTS)) {
        assertThrows(UnusableInputException.class, session::encoderWeights);
        return;
      }
      int hidden = session.model().hiddenSize();
      EncoderWeights weights = session.encoderWeights();
      for (EncoderWeights.Layer layer : weights.layers()) {
        assertArrayEquals(new int[] {hidden, hidden}, layer.value().weight().shape());
        assertArrayEquals(new int[] {hidden}, layer.outputNorm().bias().shape());
        assertEquals(session.model().headCount(), layer.headCount());
      }
      assertEquals(
          session.logits(sequences(session).subList(0, 1)).get(0).length,
          weights.head().output().weight().size(0));
    }
  }

  private static float[] randomLogits(
      ModelSession session, List<TokenSequence> input, int depth, long seed) {
    try (ModelSession random = session.withRandomWeights(depth, seed)) {
      return random.logits(input).get(0);
    }
  }

  private ModelSession open() {
    return new CheckedModelSession(plugin().open(model(), EngineSettings.defaults()));
  }

  private List<TokenSequence> sequences(ModelSession session) {
    return inputs().stream().map(session::sequence).toList();
  }

  private CaptureRequest request() {
    return request(Target.predicted());
  }

  private CaptureRequest request(Target target) {
    return capabilities().contains(Capability.ATTENTION_GRADIENT)
        ? CaptureRequest.attentionAndGradient(target)
        : new CaptureRequest(target, EnumSet.of(Quantity.ATTENTION));
  }

  private Capture capture(ModelSession session, TokenSequence input) {
    return capture(session, input, Target.predicted());
  }

  private Capture capture(ModelSession session, TokenSequence input, Target target) {
    return session.capture(List.of(input), request(target)).get(0);
  }

  private void assumeCapabilities(EnumSet<Quantity> quantities) {
    assumeTrue(
        !quantities.contains(Quantity.ATTENTION_GRADIENT)
            || capabilities().contains(Capability.ATTENTION_GRADIENT),
        "the engine has no gradients");
  }

  private static List<float[]> gradients(Capture capture) {
    return capture.attention().values().stream()
        .flatMap(List::stream)
        .map(layer -> layer.gradient().orElseThrow().values())
        .toList();
  }

  /** Equal within a tolerance relative to the largest number of the same array; 0 means bits. */
  private static void assertSame(Capture expected, Capture actual, double tolerance) {
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

  private static void assertClose(float[] expected, float[] actual, double tolerance) {
    assertArrayEquals(expected, actual, (float) (tolerance * largest(expected)));
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
