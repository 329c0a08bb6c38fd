package org.attentionflow.baselines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.attentionflow.attribution.AttributionMethods;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scores of one sentence as {@code src/test/python/independent_scores.py} computes them from
 * the model's file in double precision, with central differences for gradients.
 */
class IndependentScoresTest {
  /** Captures are in 32 bits; relative to the largest score, relevance amplifies that most. */
  private static final double TOLERANCE = 2e-5;

  private static final Pattern LINE = Pattern.compile("\"([a-z-]+)\": \\[([^\\]]+)\\]");

  /** A method and its scores. */
  record Expected(String method, double[] scores) {
    @Override
    public String toString() {
      return method;
    }
  }

  static List<Expected> expected() throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(
            IndependentScoresTest.class.getResourceAsStream("independent.json"))) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      List<Expected> all =
          LINE.matcher(text).results().map(found -> read(found.group(1), found.group(2))).toList();
      assertEquals(13, all.size());
      return all;
    }
  }

  private static Expected read(String method, String numbers) {
    return new Expected(
        method, Arrays.stream(numbers.split(", ")).mapToDouble(Double::parseDouble).toArray());
  }

  @ParameterizedTest
  @MethodSource("expected")
  void agreesWithTheIndependentProgram(Expected expected) {
    Attributor attributor =
        AttributionMethods.load().prepare(expected.method(), MethodSettings.defaults());
    Capture capture = SmallModel.capture(SmallModel.TEXT, Target.predicted(), attributor.needs());
    double[] scores = attributor.attribute(capture, new SmallModel()).scores();
    double largest = Arrays.stream(expected.scores()).map(Math::abs).max().orElseThrow();
    assertTrue(largest > 0);
    assertEquals(expected.scores().length, scores.length);
    for (int i = 0; i < scores.length; i++) {
      assertEquals(expected.scores()[i], scores[i], TOLERANCE * largest, "token " + i);
    }
  }
}
