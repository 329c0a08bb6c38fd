package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.attribution.ScoreSign;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.Flow;
import org.attentionflow.tensor.FloatTensor;
import org.junit.jupiter.api.Test;

/**
 * What every attribution method owes. A provider's test is this class with {@link #plugin} filled
 * in; a method that needs more than attention and its gradient also gives a {@link #session}.
 */
public abstract class AttributionMethodContract extends PluginContract<AttributionMethod> {
  private static final List<String> TEXTS =
      List.of("one", "a gorgeous, witty film", "although this dog is not cute, it is very smart.");

  /** For the interface {@link AttributionMethod}. */
  protected AttributionMethodContract() {
    super(AttributionMethod.class);
  }

  /** The settings the method is prepared with. */
  protected MethodSettings settings() {
    return MethodSettings.defaults();
  }

  /**
   * How much the scores may lack of adding up to the change of the target, relative to that change;
   * 0 for a method that does not claim completeness.
   */
  protected double completenessTolerance() {
    return 0;
  }

  /** How far permuting heads may change a score, relative to the largest: rounding. */
  protected double headTolerance() {
    return 1e-9;
  }

  /** A new session of a model with a tokenizer. */
  protected ModelSession session() {
    return new SyntheticSession();
  }

  @Test
  void saysWhatItNeedsAndWhoItIs() {
    Attributor attributor = plugin().prepare(settings());
    assertEquals(plugin().name(), attributor.method());
    assertFalse(plugin().formula().contains("\n"), plugin().formula());
    assertEquals(
        plugin().options().stream().map(MethodOption::key).collect(Collectors.toSet()),
        attributor.options().keySet());
  }

  @Test
  void refusesAnOptionItDoesNotHave() {
    MethodSettings unknown = settings().withOptions(Map.of("no-such-option", "1"));
    String message =
        assertThrows(UnusableInputException.class, () -> plugin().prepare(unknown)).getMessage();
    assertTrue(String.valueOf(message).contains("method.no-such-option"), message);
  }

  /** The capture holds what the method asked for and no more. */
  @Test
  void givesEveryTokenAFiniteScore() {
    try (ModelSession session = session()) {
      for (String text : TEXTS) {
        Attributor attributor = plugin().prepare(settings());
        Capture capture = capture(session, text, attributor);
        int before = contents(capture);
        Attribution attribution = attributor.attribute(capture, session);
        assertEquals(before, contents(capture), "the capture was changed");
        assertEquals(attributor.method(), attribution.method());
        assertEquals(capture.tokens().size(), attribution.scores().length);
        assertTrue(Arrays.stream(attribution.scores()).allMatch(Double::isFinite));
        assertTrue(
            plugin().sign() == ScoreSign.SIGNED
                || Arrays.stream(attribution.scores()).allMatch(score -> score >= 0),
            () -> Arrays.toString(attribution.scores()));
      }
    }
  }

  /** Scores that come from a flow are not negative and add up to its value (efficiency). */
  @Test
  void scoresOfAFlowAddUpToItsValue() {
    try (ModelSession session = session()) {
      for (String text : TEXTS) {
        Attribution attribution = attribute(session, text);
        if (attribution.flow() != null) {
          Flow flow = attribution.flow();
          double value = flow.value() / flow.network().full().scale();
          assertTrue(Arrays.stream(attribution.scores()).allMatch(score -> score >= 0));
          double sum = Arrays.stream(attribution.scores()).sum();
          assertEquals(value, sum, FlowChecks.ROUNDING * value);
          assertTrue(flow.status().isReliable(), flow.detail());
        }
      }
    }
  }

  /** Another class gives other scores if it should, and the same bits if not. */
  @Test
  void followsTheTargetIfItDependsOnIt() {
    try (ModelSession session = session()) {
      boolean differs = false;
      for (String text : TEXTS) {
        double[] first = attribute(session, text, new Target.Index(0)).scores();
        double[] second = attribute(session, text, new Target.Index(1)).scores();
        differs |= !Arrays.equals(first, second);
      }
      assertEquals(plugin().dependsOnTarget(), differs);
    }
  }

  /** Heads have no order: permuting them changes scores by rounding only. */
  @Test
  void takesHeadsInAnyOrder() {
    try (ModelSession session = session()) {
      for (String text : TEXTS) {
        Attributor attributor = plugin().prepare(settings());
        Capture capture = capture(session, text, Target.predicted(), attributor);
        Attribution one = attributor.attribute(capture, session);
        Attribution other =
            attributor.attribute(ReversedHeads.of(capture), ReversedHeadWeights.of(session));
        if (one.flow() != null && !one.flow().isUnique()) {
          double value = one.flow().value();
          assertEquals(value, other.flowResult().orElseThrow().value(), 1e-9 * value);
        } else {
          double largest = Arrays.stream(one.scores()).map(Math::abs).max().orElse(0);
          assertArrayEquals(one.scores(), other.scores(), headTolerance() * largest);
        }
      }
    }
  }

  /** A method that claims completeness says what it lacks of it, and that is little. */
  @Test
  void addsUpToWhatItClaims() {
    try (ModelSession session = session()) {
      for (String text : TEXTS) {
        Attribution attribution = attribute(session, text);
        Map<String, Double> said = attribution.diagnostics();
        Double gap = said.get(Attribution.COMPLETENESS_GAP);
        assertEquals(completenessTolerance() > 0, gap != null, "completeness-gap");
        if (gap != null) {
          double change =
              said.getOrDefault(Attribution.TARGET_VALUE, Double.NaN)
                  - said.getOrDefault(Attribution.BASELINE_VALUE, Double.NaN);
          double sum = Arrays.stream(attribution.scores()).sum();
          assertEquals(sum - change, gap, 1e-12 * (1 + Math.abs(change)));
          assertEquals(0, gap, completenessTolerance() * Math.abs(change), text);
        }
      }
    }
  }

  @Test
  void givesTheSameBitsAgainAndOnSeveralThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ModelSession session = session()) {
      Attributor shared = plugin().prepare(settings());
      List<double[]> alone = TEXTS.stream().map(t -> attribute(session, t).scores()).toList();
      List<Future<double[]>> together = new ArrayList<>();
      for (int i = 0; i < 4 * TEXTS.size(); i++) {
        String text = TEXTS.get(i % TEXTS.size());
        together.add(
            threads.submit(
                () -> shared.attribute(capture(session, text, shared), session).scores()));
      }
      for (int i = 0; i < together.size(); i++) {
        assertArrayEquals(alone.get(i % TEXTS.size()), together.get(i).get(), 0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Attribution attribute(ModelSession session, String text) {
    return attribute(session, text, Target.predicted());
  }

  private Attribution attribute(ModelSession session, String text, Target target) {
    Attributor attributor = plugin().prepare(settings());
    return attributor.attribute(capture(session, text, target, attributor), session);
  }

  private static Capture capture(ModelSession session, String text, Attributor attributor) {
    return capture(session, text, Target.predicted(), attributor);
  }

  private static Capture capture(
      ModelSession session, String text, Target target, Attributor attributor) {
    CaptureRequest request = new CaptureRequest(target, attributor.needs());
    return session.capture(List.of(session.tokenize(text)), request).get(0);
  }

  private static int contents(Capture capture) {
    int hash = Arrays.hashCode(capture.logits());
    for (List<AttentionLayer> layers : capture.attention().values()) {
      for (AttentionLayer layer : layers) {
        hash = 31 * hash + Arrays.hashCode(layer.attention().values());
        hash += layer.gradient().map(gradient -> Arrays.hashCode(gradient.values())).orElse(0);
      }
    }
    for (FloatTensor states : capture.hiddenStates()) {
      hash = 31 * hash + Arrays.hashCode(states.values());
    }
    for (FloatTensor gradients : capture.hiddenStateGradients()) {
      hash = 31 * hash + Arrays.hashCode(gradients.values());
    }
    FloatTensor embeddings = capture.embeddings();
    return 31 * hash + (embeddings == null ? 0 : Arrays.hashCode(embeddings.values()));
  }
}
