package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Target;
import org.attentionflow.flow.Flow;
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

  /** A new session of a model with a tokenizer. */
  protected ModelSession session() {
    return new SyntheticSession();
  }

  @Test
  void saysWhatItNeedsAndWhoItIs() {
    Attributor attributor = plugin().prepare(settings());
    assertFalse(attributor.needs().isEmpty());
    assertEquals(plugin().name(), attributor.method());
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
    Attributor attributor = plugin().prepare(settings());
    return attributor.attribute(capture(session, text, attributor), session);
  }

  private static Capture capture(ModelSession session, String text, Attributor attributor) {
    CaptureRequest request = new CaptureRequest(Target.predicted(), attributor.needs());
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
    return hash;
  }
}
