package org.attentionflow.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.pipeline.SettingsKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which parts explain which class: the settings that every command with a model knows. */
final class PartOptions {
  @Option(names = "--method", paramLabel = "NAME", description = "af, gf, agf, …: see list methods")
  @Nullable String method;

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description = "explain this class, a label or an index, not the predicted one")
  @Nullable String target;

  @Option(names = "--solver", paramLabel = "NAME", description = "flow solver: see list solvers")
  @Nullable String solver;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description = "capacities in 64 or 32 bits: double or float (double)")
  @Nullable String precision;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting, repeatable: see attnflow settings")
  Map<String, String> values = new LinkedHashMap<>();

  /**
   * Settings with those of the command line: {@code --set} gives way to an option of its own.
   *
   * @param engine the engine that was named, or null
   * @throws org.attentionflow.failure.UnusableInputException if a key is unknown
   */
  Settings over(Settings base, @Nullable String engine) {
    Settings settings = base;
    for (Map.Entry<String, String> value : values.entrySet()) {
      settings = settings.with(value.getKey(), value.getValue());
    }
    settings = with(settings, SettingsKey.ENGINE, engine);
    settings = with(settings, SettingsKey.METHOD, method);
    settings = target == null ? settings : settings.with(SettingsKey.CONTRAST.key(), "");
    settings = with(settings, SettingsKey.TARGET, target);
    settings = with(settings, SettingsKey.SOLVER, solver);
    return with(settings, SettingsKey.PRECISION, precision);
  }

  /** Settings with one more value, if it was given. */
  static Settings with(Settings settings, SettingsKey key, @Nullable String value) {
    return value == null ? settings : settings.with(key.key(), value);
  }
}
