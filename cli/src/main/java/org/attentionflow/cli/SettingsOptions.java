package org.attentionflow.cli;

import java.nio.file.Path;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.pipeline.SettingsKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * The options that are short forms of settings. A settings file gives way to {@code --set}, and
 * {@code --set} to an option of its own.
 */
final class SettingsOptions {
  @Mixin final PartOptions parts = new PartOptions();

  @Option(
      names = "--contrast",
      paramLabel = "A/B",
      description = "explain the logit of class A minus that of class B")
  @Nullable String contrast;

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
    exclusive("--target", parts.target, "--contrast", contrast);
    exclusive("--mu", mu, "--mu-absolute", muAbsolute);
    Settings settings =
        parts.over(file == null ? Settings.defaults() : Settings.read(file), engine);
    settings = PartOptions.with(settings, SettingsKey.CONTRAST, contrast);
    settings = PartOptions.with(settings, SettingsKey.MU, mu);
    settings = PartOptions.with(settings, SettingsKey.MU_ABSOLUTE, muAbsolute);
    return PartOptions.with(
        settings, SettingsKey.WORKERS, workers == null ? null : workers.toString());
  }

  private void exclusive(
      String oneName, @Nullable String one, String otherName, @Nullable String other) {
    if (one != null && other != null) {
      throw UsageError.of(spec, "Give " + oneName + " or " + otherName + ", not both.");
    }
  }
}
