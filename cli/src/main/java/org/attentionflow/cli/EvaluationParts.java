package org.attentionflow.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricSettings;
import org.attentionflow.evaluation.metric.Metrics;
import org.attentionflow.evaluation.perturbation.Removal;
import org.attentionflow.evaluation.perturbation.Removals;
import org.attentionflow.evaluation.preset.Preset;
import org.attentionflow.evaluation.preset.Presets;

/** The parts of an evaluation: metrics, removal operators and the presets of others. */
final class EvaluationParts {
  private EvaluationParts() {}

  /** The metrics present. */
  static List<Part> metrics(Parts.Kind kind) {
    return Metrics.load().all().stream().map(metric -> metric(kind, metric)).toList();
  }

  /** The removal operators present. */
  static List<Part> removals(Parts.Kind kind) {
    return Removals.load().all().stream().map(removal -> removal(kind, removal)).toList();
  }

  /** The presets. */
  static List<Part> presets(Parts.Kind kind) {
    return Presets.all().stream().map(preset -> preset(kind, preset)).toList();
  }

  private static Part metric(Parts.Kind kind, Metric metric) {
    MetricCard card = metric.card();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("id", metric.id());
    details.put("family", Parts.words(card.family()));
    details.put("formula", card.formula());
    details.put("range", "[" + number(card.least()) + ", " + number(card.greatest()) + "]");
    details.put("direction", Parts.words(card.direction()).replace('-', ' '));
    details.put("across models", card.comparableAcrossModels() ? "comparable" : "not comparable");
    details.put(
        "needs", String.join(", ", card.needs().stream().map(Parts::words).sorted().toList()));
    return new Part(
        kind.toString(),
        metric.name(),
        metric.aliases(),
        metric.summary(),
        metric.source(),
        List.of(),
        List.of(),
        details,
        metric.getClass().getName());
  }

  private static Part removal(Parts.Kind kind, Removal removal) {
    return new Part(
        kind.toString(),
        removal.name(),
        removal.aliases(),
        removal.summary(),
        removal.source(),
        removal.needs().stream().map(Parts::words).sorted().toList(),
        List.of(),
        Map.of(),
        removal.getClass().getName());
  }

  private static Part preset(Parts.Kind kind, Preset preset) {
    MetricSettings settings = preset.settings();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("metrics", String.join(", ", preset.metrics()));
    details.put("target", Parts.words(preset.target()));
    details.put("features", Parts.words(preset.unit()));
    details.put("removals", String.join(", ", preset.removals()));
    details.put("grid", shares(settings.grid()));
    details.put("bins", shares(settings.bins()));
    details.put("rounding", Parts.words(settings.rounding()));
    details.put("equal counts", settings.distinct() ? "used once" : "used as often as they come");
    details.put("drops", settings.absolute() ? "without sign" : "with sign");
    if (preset.minimumFeatures() > 1) {
      details.put("at least", preset.minimumFeatures() + " features");
    }
    details.put("differences", String.join(" ", preset.differences()));
    return new Part(
        kind.toString(),
        preset.name(),
        List.of(),
        preset.summary(),
        preset.source(),
        List.of(),
        List.of(),
        details,
        "");
  }

  private static String shares(List<Double> shares) {
    return shares.isEmpty()
        ? "every count"
        : String.join(", ", shares.stream().map(share -> percent(share)).toList()) + " %";
  }

  /** A share in percent, to four digits, without zeros at its end. */
  private static String percent(double share) {
    return BigDecimal.valueOf(100 * share)
        .round(new MathContext(4))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value < 0 ? "-inf" : "inf";
    }
    return Long.toString(Math.round(value));
  }
}
