package org.attentionflow.evaluation.experiment;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.attentionflow.evaluation.metric.MetricSettings;
import org.attentionflow.evaluation.preset.Preset;
import org.attentionflow.evaluation.preset.Presets;

/** The conventions of another study or tool as values of keys. */
final class PresetValues {
  private PresetValues() {}

  /**
   * The values of a preset.
   *
   * @throws org.attentionflow.failure.UnusableInputException if there is no such preset
   */
  static Map<ExperimentKey, Object> of(String name) {
    Preset preset = Presets.get(name);
    MetricSettings settings = preset.settings();
    Map<ExperimentKey, Object> values = new EnumMap<>(ExperimentKey.class);
    values.put(ExperimentKey.TARGET, lower(preset.target()));
    values.put(ExperimentKey.FEATURES, lower(preset.unit()));
    values.put(ExperimentKey.OPERATORS, preset.removals());
    values.put(ExperimentKey.METRICS, preset.metrics());
    values.put(ExperimentKey.MINIMUM_FEATURES, (long) preset.minimumFeatures());
    values.put(ExperimentKey.GRID, settings.grid());
    values.put(ExperimentKey.BINS, settings.bins());
    values.put(ExperimentKey.ROUNDING, lower(settings.rounding()).replace('_', '-'));
    values.put(ExperimentKey.DISTINCT, settings.distinct());
    values.put(ExperimentKey.REVERSED_TIES, settings.reversedTies());
    values.put(ExperimentKey.ABSOLUTE, settings.absolute());
    return values;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
