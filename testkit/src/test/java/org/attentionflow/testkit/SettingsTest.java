package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.information.HeadReduction;
import org.attentionflow.network.CapacityScale;
import org.attentionflow.network.Sources;
import org.attentionflow.network.TerminalCapacity;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.pipeline.SettingsKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings: keys, values, defaults and what is said about wrong ones. */
class SettingsTest {
  private static final Settings DEFAULTS = Settings.defaults();

  /** The defaults of the types and those of the keys are the same. */
  @Test
  void defaultsStandForTheSameEverywhere() {
    assertEquals(MethodSettings.defaults(), DEFAULTS.method());
    assertEquals(EngineSettings.defaults(), DEFAULTS.engine());
    assertEquals(Target.predicted(), DEFAULTS.target());
  }

  @ParameterizedTest
  @EnumSource(SettingsKey.class)
  void everyKeyCanBeSetToItsDefault(SettingsKey key) {
    Settings settings = DEFAULTS.with(key.key(), key.defaultValue());
    assertEquals(DEFAULTS.resolved(), settings.resolved());
    assertEquals(MethodSettings.defaults(), settings.method());
  }

  @Test
  void readsValues() {
    MethodSettings method =
        DEFAULTS
            .with("aggregation.heads", "max")
            .with("network.terminal-capacity", "tokens")
            .with("network.scale", " paper ")
            .with("network.sources", "-1")
            .with("solver.mu", "1e-4")
            .method();
    assertEquals(HeadReduction.MAX, method.heads());
    assertEquals(TerminalCapacity.TOKENS, method.network().terminalCapacity());
    assertEquals(CapacityScale.PAPER, method.network().scale());
    assertEquals(Sources.position(-1), method.network().sources());
    assertEquals(BarrierParameter.relative(1e-4), method.barrier());
  }

  @Test
  void theLastBarrierParameterCounts() {
    Settings absolute = DEFAULTS.with("solver.mu", "1e-4").with("solver.mu-absolute", "1e-7");
    assertEquals(BarrierParameter.absolute(1e-7), absolute.method().barrier());
    Settings relative = absolute.with("solver.mu", "1e-5");
    assertEquals(BarrierParameter.relative(1e-5), relative.method().barrier());
  }

  @Test
  void aContrastReplacesTheTarget() {
    Settings settings = DEFAULTS.with("target", "3").with("contrast", "World/Sci/Tech");
    assertEquals(new Target.Contrast("World/Sci/Tech"), settings.target());
    assertEquals(new Target.Index(3), settings.with("contrast", "").target());
  }

  @Test
  void namesTheNearestKey() {
    assertEquals(
        "solver.mue: unknown key. Did you mean solver.mu?",
        failure(() -> DEFAULTS.with("solver.mue", "1")));
    assertTrue(
        failure(() -> DEFAULTS.with("engines-of-all", "1"))
            .contains("Known keys, nearest first: engine, "));
  }

  @ParameterizedTest
  @CsvSource({
    "aggregation.heads,MEAN",
    "aggregation.heads,average",
    "network.sources,last",
    "solver.mu,0",
    "solver.mu,-1",
    "solver.mu,NaN",
    "solver.mu,Infinity",
    "solver.mu,small",
    "solver.tolerance,0",
    "solver.tolerance,Infinity",
    "solver.iteration-limit,0",
    "solver.iteration-limit,1.5",
    "solver.threads,-1"
  })
  void refusesValues(String key, String value) {
    String message = failure(() -> DEFAULTS.with(key, value).method());
    assertTrue(message.contains(value) || message.contains(value + ".0"), message);
  }

  @Test
  void readsAFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("run.properties"), "solver.mu = 1e-5\nmethod=af\n");
    Settings settings = Settings.read(file);
    assertEquals("1e-5", settings.get(SettingsKey.MU));
    assertEquals("af", settings.get(SettingsKey.METHOD));
    Files.writeString(file, "slover.mu = 1\n");
    assertTrue(failure(() -> Settings.read(file)).contains("Did you mean solver.mu?"));
    assertTrue(failure(() -> Settings.read(folder.resolve("none"))).contains("cannot be read"));
  }

  private static String failure(org.junit.jupiter.api.function.Executable action) {
    return assertThrows(UnusableInputException.class, action).getMessage();
  }
}
