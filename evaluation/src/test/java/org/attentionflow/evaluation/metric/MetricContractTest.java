package org.attentionflow.evaluation.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.attentionflow.evaluation.metric.Metric.Need;
import org.attentionflow.evaluation.perturbation.Removals;
import org.attentionflow.evaluation.perturbation.ValueFunction;
import org.attentionflow.evaluation.preset.Preset;
import org.attentionflow.evaluation.preset.Presets;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every metric owes. */
class MetricContractTest {
  private static final int SIZE = 7;

  static List<Metric> metrics() {
    return Metrics.load().all();
  }

  static Stream<Metric> metricsWithoutModel() {
    return metrics().stream().filter(metric -> !metric.needs().contains(Need.REATTRIBUTION));
  }

  private static MetricInput input(long seed) {
    boolean[] marks = {true, false, false, true, true, false, false};
    return Games.input(Games.random(SIZE, seed), Games.scores(SIZE, seed + 100))
        .withSeed(seed)
        .withRationale(marks);
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void describesItself(Metric metric) {
    MetricCard card = metric.card();
    assertTrue(metric.name().matches("[a-z0-9]+(-[a-z0-9]+)*"), metric.name());
    assertEquals(metric.name() + "@" + card.version(), metric.id());
    assertTrue(card.summary().endsWith("."), card.summary());
    assertFalse(card.formula().isBlank());
    assertTrue(card.least() < card.greatest());
    assertEquals(metric.name(), Metrics.load().get(metric.name()).name());
  }

  @ParameterizedTest
  @MethodSource("metricsWithoutModel")
  void staysInItsRangeAndGivesTheSameBitsAgain(Metric metric) {
    for (long seed = 1; seed <= 20; seed++) {
      MetricInput input = input(seed);
      double[] before = input.scores().clone();
      MetricResult result = metric.evaluate(input);
      double value = result.value().orElseThrow();
      assertTrue(
          value >= metric.card().least() - 1e-12 && value <= metric.card().greatest() + 1e-12,
          metric.name() + " " + value);
      assertArrayEquals(before, input.scores(), 0);
      MetricResult again = metric.evaluate(input(seed));
      assertEquals(result.value(), again.value());
      assertEquals(result.details(), again.details());
    }
  }

  /** Every faithfulness metric here looks at the order or the proportions of the scores. */
  @ParameterizedTest
  @MethodSource("metricsWithoutModel")
  void doesNotDependOnTheScaleOfScores(Metric metric) {
    MetricInput input = input(3);
    double[] doubled = input.scores().clone();
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] *= 2;
    }
    double value = metric.evaluate(input).value().orElseThrow();
    assertEquals(value, metric.evaluate(input.withScores(doubled)).value().orElseThrow(), 1e-12);
  }

  /** A metric that is better one way is better for the best order than for the worst. */
  @ParameterizedTest
  @MethodSource("metricsWithoutModel")
  void prefersTheTrueOrder(Metric metric) {
    if (metric.family() != Metric.Family.FAITHFULNESS) {
      return;
    }
    double[] drops = {0.25, 0.2, 0.15, 0.1, 0.05, 0.02, 0.01};
    double[] reversed = {0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25};
    ValueFunction game = Games.additive(0.9, drops);
    double right = metric.evaluate(Games.input(game, drops)).value().orElseThrow();
    double wrong = metric.evaluate(Games.input(game, reversed)).value().orElseThrow();
    boolean higherIsBetter = metric.direction() == Metric.Direction.HIGHER_IS_BETTER;
    assertTrue(higherIsBetter ? right > wrong : right < wrong, right + " and " + wrong);
  }

  /** What a metric does not name among its settings changes nothing; what it names does. */
  @ParameterizedTest
  @MethodSource("metricsWithoutModel")
  void readsTheSettingsThatItNames(Metric metric) {
    for (MetricSetting setting : MetricSetting.values()) {
      boolean changes = false;
      for (long seed = 1; seed <= 20; seed++) {
        double[] tied = input(seed).scores().clone();
        tied[3] = tied[1];
        MetricSettings beams = settings().withSearch(2, 10);
        MetricInput before = input(seed).withScores(tied).withSettings(beams);
        changes |= !said(metric, before).equals(said(metric, changed(before, setting, seed)));
      }
      assertEquals(metric.reads().contains(setting), changes, metric.name() + " " + setting);
    }
  }

  private static String said(Metric metric, MetricInput input) {
    MetricResult result = metric.evaluate(input);
    StringBuilder text = new StringBuilder(result.value() + " " + result.details());
    result.curves().forEach((name, curve) -> text.append(name).append(Arrays.toString(curve.y())));
    return text.toString();
  }

  private static MetricInput changed(MetricInput input, MetricSetting setting, long seed) {
    MetricSettings old = input.settings();
    return switch (setting) {
      case GRID -> input.withSettings(old.withGrid(List.of(0.3, 0.8)));
      case BINS -> input.withSettings(old.withBins(List.of(0.3, 0.8)));
      case ROUNDING -> input.withSettings(old.withRounding(Rounding.FLOOR));
      case DISTINCT -> input.withSettings(old.withDistinct(true));
      case REVERSED_TIES -> input.withSettings(old.withReversedTies(true));
      case ABSOLUTE -> input.withSettings(old.withAbsolute(true));
      case EXACT_LIMIT -> input.withSettings(old.withSearch(14, old.beamWidth()));
      case BEAM_WIDTH -> input.withSettings(old.withSearch(old.exactLimit(), 1));
      case SAMPLES -> input.withSettings(old.withSamples(20, old.radius()));
      case DRAWS -> input.withSettings(old.withDraws(3));
      case RADIUS -> input.withSettings(old.withSamples(old.samples(), 0.5));
      case RATIONALE_SHARE -> input.withSettings(old.withRationaleShare(0.9));
      case OVERLAP -> input.withSettings(old.withOverlap(0.9));
      case SEED -> input.withSeed(seed + 1000);
    };
  }

  @Test
  void saysWhatIsMissing() {
    MetricInput bare = MetricInput.of("x1", new double[] {1}, 0, Games.random(1, 1), settings());
    IllegalArgumentException failure =
        Assertions.assertThrows(IllegalArgumentException.class, bare::requireRationale);
    assertTrue(String.valueOf(failure.getMessage()).contains("x1 has no rationale"));
    Assertions.assertThrows(
        IllegalArgumentException.class,
        () -> MetricInput.of("x", new double[2], 0, Games.random(3, 1), settings()));
  }

  private static MetricSettings settings() {
    return MetricSettings.defaults();
  }

  @Test
  void presetsNameWhatThereIs() {
    assertEquals(
        List.of("attcat", "eraser", "ferret", "gaf", "naopc"),
        Presets.all().stream().map(Preset::name).toList());
    for (Preset preset : Presets.all()) {
      assertSame(preset, Presets.get(preset.name()));
      preset.metrics().forEach(name -> Metrics.load().get(name));
      preset.removals().forEach(name -> Removals.load().get(name));
      assertFalse(preset.metrics().isEmpty());
    }
    String message =
        Assertions.assertThrows(UnusableInputException.class, () -> Presets.get("feret"))
            .getMessage();
    assertTrue(String.valueOf(message).contains("ferret, "), message);
  }

  @Test
  void thePageOfMetricsNamesEveryPart() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "metrics.md"));
    metrics().forEach(metric -> assertTrue(page.contains("| `" + metric.name() + "` |"), page));
    Removals.load()
        .all()
        .forEach(removal -> assertTrue(page.contains("| `" + removal.name() + "` |"), page));
    Presets.all().forEach(preset -> assertTrue(page.contains("| `" + preset.name() + "` |"), page));
  }

  /** The nine levels of ten features: round(10 i / 9). */
  @Test
  void theLevelsOfAttcat() {
    MetricSettings settings = Presets.get("attcat").settings();
    assertArrayEquals(new int[] {1, 2, 3, 4, 6, 7, 8, 9, 10}, settings.counts(settings.grid(), 10));
  }
}
