package org.attentionflow.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.pipeline.SettingsKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * The options that are short forms of settings. A settings file gives way to {@code --set}, and
 * {@code --set} to an option of its own.
 */
final class SettingsOptions {
  @Option(names = "--method", paramLabel = "NAME", description = "af, gf, agf, …: see list methods")
  @Nullable String method;

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description = "explain this class, a label or an index, not the predicted one")
  @Nullable String target;

  @Option(
      names = "--contrast",
      paramLabel = "A/B",
      description = "explain the logit of class A minus that of class B")
  @Nullable String contrast;

  @Option(names = "--solver", paramLabel = "NAME", description = "flow solver: see list solvers")
  @Nullable String solver;

  @Option(
      names = {"--mu", "--mu-relative"},
      paramLabel = "X",
      converter = NumberText.class,
      description = "barrier parameter relative to the largest capacity (1e-3)")
  @Nullable String mu;

  @Option(
      names = "--mu-absolute",
      paramLabel = "X",
      converter = NumberText.class,
      description = "the same in the unit of the capacities")
  @Nullable String muAbsolute;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "texts explained at the same time (one per processor)")
  @Nullable Integer workers;

  @Option(names = "--settings", paramLabel = "FILE", description = "lines key = value")
  @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting, repeatable: see attnflow settings")
  Map<String, String> values = new LinkedHashMap<>();

  @Spec(Target.MIXEE)
  @Nullable CommandSpec spec;

  /**
   * The settings that file and options amount to.
   *
   * @param engine the engine that was named, or null
   * @throws org.attentionflow.failure.UnusableInputException if a key is unknown or the file cannot
   *     be read
   */
  Settings settings(@Nullable String engine) {
    exclusive("--target", target, "--contrast", contrast);
    exclusive("--mu", mu, "--mu-absolute", muAbsolute);
    Settings settings = file == null ? Settings.defaults() : Settings.read(file);
    for (Map.Entry<String, String> value : values.entrySet()) {
      settings = settings.with(value.getKey(), value.getValue());
    }
    settings = with(settings, SettingsKey.ENGINE, engine);
    settings = with(settings, SettingsKey.METHOD, method);
    settings = target == null ? settings : settings.with(SettingsKey.CONTRAST.key(), "");
    settings = with(settings, SettingsKey.TARGET, target);
    settings = with(settings, SettingsKey.CONTRAST, contrast);
    settings = with(settings, SettingsKey.SOLVER, solver);
    settings = with(settings, SettingsKey.MU, mu);
    settings = with(settings, SettingsKey.MU_ABSOLUTE, muAbsolute);
    return with(settings, SettingsKey.WORKERS, workers == null ? null : workers.toString());
  }

  private static Settings with(Settings settings, SettingsKey key, @Nullable String value) {
    return value == null ? settings : settings.with(key.key(), value);
  }

  private void exclusive(
      String oneName, @Nullable String one, String otherName, @Nullable String other) {
    if (one != null && other != null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Give " + oneName + " or " + otherName + ", not both.");
    }
  }
}
