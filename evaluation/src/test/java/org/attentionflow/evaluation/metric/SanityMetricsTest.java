package org.attentionflow.evaluation.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.attribution.AttributionMethods;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.evaluation.TinyModel;
import org.attentionflow.evaluation.perturbation.Features;
import org.attentionflow.evaluation.perturbation.ModelValueFunction;
import org.attentionflow.evaluation.perturbation.Removals;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that ask model and method again, on a real model. */
class SanityMetricsTest {
  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static ModelSession session;

  @BeforeAll
  static void open() {
    session = TinyModel.open(folder, EngineSettings.defaults());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  /** The position of each token: the model plays no part. */
  private record Positions() implements Attributor {
    @Override
    public String method() {
      return "positions";
    }

    @Override
    public Set<Quantity> needs() {
      return Set.of();
    }

    @Override
    public Attribution attribute(Capture capture, ModelSession model) {
      double[] scores = new double[capture.tokens().size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = i;
      }
      return new Attribution(method(), scores, null);
    }
  }

  private static Attributor method(String name) {
    return AttributionMethods.load().prepare(name, Settings.defaults().method());
  }

  private static MetricInput input(Attributor attributor) {
    TokenSequence tokens = session.tokenize("although this dog is not cute, it is very smart.");
    Features features = Features.tokens(tokens);
    CaptureRequest request = new CaptureRequest(Target.predicted(), attributor.needs());
    Capture capture = session.capture(List.of(tokens), request).get(0);
    return MetricInput.of(
            "example",
            features.scores(attributor.attribute(capture, session).scores()),
            capture.target().index(),
            new ModelValueFunction(session, tokens, features, Removals.load().get("mask")),
            MetricSettings.defaults())
        .withReattribution(new Reattribution(session, attributor, tokens, features));
  }

  private static MetricResult evaluate(String metric, MetricInput input) {
    return Metrics.load().get(metric).evaluate(input);
  }

  private static double value(String metric, Attributor attributor) {
    return evaluate(metric, input(attributor)).value().orElseThrow();
  }

  /** Attention does not know the target: its flow fails the check, and gradients pass it. */
  @Test
  void randomLogitFindsWhatIgnoresTheTarget() {
    assertEquals(1, value("random-logit", method("af")), 1e-12);
    assertEquals(1, value("random-logit", new Positions()), 1e-12);
    assertTrue(value("random-logit", method("agf")) < 0.99);
  }

  @Test
  void parameterRandomisationFindsWhatIgnoresTheModel() {
    MetricResult positions = evaluate("parameter-randomisation", input(new Positions()));
    assertEquals(1, positions.value().orElseThrow(), 1e-12);
    double[] curve = positions.curves().get("correlation").y();
    assertEquals(session.model().layerCount() + 2, curve.length);
    for (double correlation : curve) {
      assertEquals(1, correlation, 1e-12);
    }
    MetricResult flow = evaluate("parameter-randomisation", input(method("agf")));
    assertTrue(flow.value().orElseThrow() < 0.9, flow.toString());
  }

  /** Shared random models give what models opened for the example give. */
  @Test
  void randomModelsCanBeShared() {
    MetricInput alone = input(method("af"));
    Reattribution again = alone.requireReattribution();
    try (RandomisedModels models = new RandomisedModels(session, 0)) {
      MetricInput shared =
          alone.withReattribution(
              new Reattribution(
                  session, again.attributor(), again.tokens(), again.features(), models));
      assertEquals(
          evaluate("parameter-randomisation", alone).value(),
          evaluate("parameter-randomisation", shared).value());
      assertTrue(models.at(2) == models.at(2));
    }
  }

  @Test
  void maxSensitivityOfWhatDoesNotMoveIsZero() {
    assertEquals(0, value("max-sensitivity", new Positions()), 0);
    MetricInput flow = input(method("agf"));
    double near = value("max-sensitivity", flow.withSettings(flow.settings().withSamples(1, 1e-6)));
    double far = value("max-sensitivity", flow);
    assertTrue(near > 0 && near < 1e-2 && near < far, near + " and " + far);
  }

  private static double value(String metric, MetricInput input) {
    return evaluate(metric, input).value().orElseThrow();
  }

  /** Scores of attention received are additive in the capture, so moving embeddings moves them. */
  @Test
  void maxSensitivityAsksWithMovedEmbeddings() {
    Attributor attention = new Received();
    assertTrue(value("max-sensitivity", attention) > 0);
  }

  /** The attention each token receives in the last layer. */
  private record Received() implements Attributor {
    @Override
    public String method() {
      return "received";
    }

    @Override
    public Set<Quantity> needs() {
      return Set.of(Quantity.ATTENTION);
    }

    @Override
    public Attribution attribute(Capture capture, ModelSession model) {
      float[] attention = capture.attention(AttentionKind.ENCODER).get(0).attention().values();
      int size = capture.tokens().size();
      double[] scores = new double[size];
      for (int i = 0; i < attention.length; i++) {
        scores[i % size] += attention[i];
      }
      return new Attribution(method(), scores, null);
    }
  }

  @Test
  void scoresAreTheSameBitsAgain() {
    for (String name : List.of("af", "agf")) {
      assertEquals(0, value("determinism", method(name)), 0);
    }
    MetricInput input = input(new Positions());
    double[] other = input.scores().clone();
    other[3] += 0.5;
    assertEquals(0.5, value("determinism", input.withScores(other)), 0);
  }

  /** Scores that move with the number of inputs of a call, as padding and fused kernels can. */
  @Test
  void determinismFindsWhatDependsOnTheBatch() {
    Set<Integer> sizes = ConcurrentHashMap.newKeySet();
    Set<String> threads = ConcurrentHashMap.newKeySet();
    ModelSession counting =
        (ModelSession)
            Proxy.newProxyInstance(
                ModelSession.class.getClassLoader(),
                new Class<?>[] {ModelSession.class},
                (proxy, called, arguments) -> {
                  if (!called.getName().equals("logits")) {
                    return called.invoke(session, arguments);
                  }
                  int count = ((List<?>) arguments[0]).size();
                  sizes.add(count);
                  threads.add(Thread.currentThread().getName());
                  return Collections.nCopies(count, new float[] {count});
                });
    MetricInput input = input(new Positions());
    TokenSequence tokens = session.tokenize("although this dog is not cute, it is very smart.");
    for (int moving : List.of(7, 32, 100)) {
      Reattribution again =
          new Reattribution(counting, new Moving(moving), tokens, Features.tokens(tokens));
      double found = evaluate("determinism", input.withReattribution(again)).value().orElseThrow();
      assertEquals(moving == 100 ? 0 : 0.25, found, 0);
    }
    assertEquals(Set.of(1, 5, 7, 8, 32), sizes, "40 inputs in calls of at most 1, 7, 32");
    assertTrue(threads.size() > 1, "more than one thread: " + threads);
  }

  /**
   * The position of each token, and a quarter more if the model was asked about so many at once.
   */
  private record Moving(int from) implements Attributor {
    @Override
    public String method() {
      return "moving";
    }

    @Override
    public Set<Quantity> needs() {
      return Set.of();
    }

    @Override
    public Attribution attribute(Capture capture, ModelSession model) {
      List<float[]> asked = model.logits(Collections.nCopies(40, capture.tokens()));
      double[] scores = new double[capture.tokens().size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = i + (asked.get(0)[0] == from ? 0.25 : 0);
      }
      return new Attribution(method(), scores, null);
    }
  }
}
