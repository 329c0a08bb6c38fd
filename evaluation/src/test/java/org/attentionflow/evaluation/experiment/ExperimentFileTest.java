package org.attentionflow.evaluation.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading, defaults, sweeps and mistakes of experiment files. */
class ExperimentFileTest {
  private static final String GOOD =
      """
      name: small
      data:
        path: dev.tsv
      solver:
        mu: 1e-4
      methods:
        - agf
        - id: coarse
          method: agf
          solver: {mu: 0.1}
      """;

  private static ExperimentFile file(String text) {
    return ExperimentFile.of(text, "small.yaml", Path.of("."));
  }

  private static String failure(String text) {
    String message =
        assertThrows(UnusableInputException.class, () -> file(text).resolve()).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void methodsTakeSharedSettingsAndTheirOwn() {
    Experiment experiment = file(GOOD).resolve();
    assertEquals(
        List.of("agf", "coarse"), experiment.methods().stream().map(MethodEntry::id).toList());
    assertEquals(1e-4, experiment.settings().get(0).method().barrier().value());
    assertEquals(0.1, experiment.settings().get(1).method().barrier().value());
  }

  @Test
  void whatIsResolvedResolvesToItself() {
    Experiment experiment = file(GOOD).resolve();
    String json = JsonTree.pretty(JsonTree.of(experiment.decisive()));
    Experiment again = file(json).resolve();
    assertEquals(json, JsonTree.pretty(JsonTree.of(again.decisive())));
    assertEquals(experiment.hash(), again.hash());
    assertEquals(experiment.methods(), again.methods());
  }

  @Test
  void choicesOfMetricsReachThem() {
    Experiment experiment =
        file(GOOD)
            .set("evaluation.draws", "3")
            .set("evaluation.rationale-share", "0.25")
            .set("evaluation.distinct", "true")
            .set("evaluation.reversed-ties", "true")
            .resolve();
    assertEquals(3, experiment.metricSettings().draws());
    assertEquals(0.25, experiment.metricSettings().rationaleShare().orElseThrow());
    assertTrue(experiment.metricSettings().distinct());
    assertTrue(experiment.metricSettings().reversedTies());
    assertTrue(file(GOOD).resolve().metricSettings().rationaleShare().isEmpty());
    ExperimentFile file = file(GOOD).set("evaluation.rationale-share", "1.5");
    assertThrows(UnusableInputException.class, file::resolve);
  }

  @Test
  void theHashKnowsWhatDecidesAndNothingElse() {
    String hash = file(GOOD).resolve().hash();
    assertEquals(hash, file(GOOD).set("runtime.threads", "7").resolve().hash());
    assertEquals(hash, file(GOOD).set("output.folder", "x").resolve().hash());
    assertEquals(hash, file(GOOD).set("data.root", "x").resolve().hash());
    assertNotEquals(hash, file(GOOD).set("seed", "1").resolve().hash());
    assertNotEquals(hash, file(GOOD).set("solver.mu", "1e-5").resolve().hash());
  }

  @Test
  void variablesStandForFolders() {
    String text = GOOD.replace("dev.tsv", "${data}/sst2/dev.tsv");
    assertTrue(failure(text).contains("--set data.root=FOLDER"));
    Experiment experiment = file(text).set("data.root", "here").resolve();
    assertEquals(Path.of("here/sst2/dev.tsv"), experiment.dataset().path());
    assertTrue(failure(GOOD.replace("dev.tsv", "/a/dev.tsv")).contains("no absolute path"));
  }

  @Test
  void aGridMakesEveryCombination() {
    Experiment grid =
        file("name: a\ndata: {path: d}\n")
            .sweep("aggregator=af,agf; mu=1e-3,1e-4", false)
            .resolve();
    assertEquals(
        List.of(
            "af[solver.mu=1e-3]",
            "af[solver.mu=1e-4]",
            "agf[solver.mu=1e-3]",
            "agf[solver.mu=1e-4]"),
        grid.methods().stream().map(MethodEntry::id).toList());
    Experiment single =
        file("name: a\ndata: {path: d}\n").sweep("mu=1e-4; heads=max", true).resolve();
    assertEquals(
        List.of("agf", "agf[aggregation.heads=max]", "agf[solver.mu=1e-4]"),
        single.methods().stream().map(MethodEntry::id).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          solver:\\n  mue: 1             | solver.mue: unknown key (line 4). Did you mean solver.mu?
          data: {path: a, pth: b}        | stands twice (line 3)
          solvr: {name: barrier}         | solvr.name: unknown key (line 3). Did you mean solver.name?
          nokey: 1                       | nokey: unknown key (line 3). The nearest are
          mthods: [af]                   | mthods: unknown key (line 3). Did you mean methods?
          methods: [{id: a}]             | methods[0] (line 3) names no method
          methods: [{method: af, mu: 1}] | methods[0].mu: unknown key (line 3).
          methods: [af, af]              | two methods have the id af (line 3)
          seed: x                        | seed = x (line 3): expected a whole number
          solver: {mu: soft}             | solver.mu = soft: expected a number
          evaluation: {grid: [0.5, 2]}   | The share (2.0)
          evaluation: {rounding: up}     | expected one of
          sweep: {over: {data.count: 3}} | not a key of methods
          expect: [{method: af, val: 1}] | expect[0].val: unknown key (line 3)
          a: [                           | is not YAML
          sweep: &a {over: {b: *a}}      | an alias to what it stands in (line 3)
          target: &a [*a]                | an alias to what it stands in (line 3)
          - x                            | is not YAML
          """)
  void mistakesNameTheirLine(String line, String expected) {
    String message = failure("name: a\ndata: {path: dev.tsv}\n" + line.replace("\\n", "\n") + "\n");
    assertTrue(message.contains(expected), message);
    assertTrue(message.startsWith("small.yaml") || message.startsWith("s"), message);
  }

  @Test
  void aPresetStandsBehindWhatTheFileSays() {
    String text = "name: a\ndata: {path: d}\nevaluation: {preset: attcat, metrics: [aopc]}\n";
    Experiment experiment = file(text).resolve();
    assertEquals("gold", experiment.target());
    assertEquals(10, experiment.minimumFeatures());
    assertEquals(List.of("pad", "delete"), experiment.operators());
    assertEquals(List.of("aopc"), experiment.metrics());
    assertTrue(experiment.metricSettings().absolute());
    String json = JsonTree.pretty(JsonTree.of(experiment.decisive()));
    assertEquals(experiment.hash(), file(json).resolve().hash());
    assertTrue(failure(text.replace("attcat", "atcat")).contains("There is no preset"));
  }

  @Test
  void optionsBelongToTheirMethod() {
    Experiment experiment =
        file("name: a\ndata: {path: d}\nmethods: [{method: lime, options: {samples: 9}}]\n")
            .resolve();
    assertEquals(Map.of("samples", "9"), experiment.settings().get(0).method().options());
    String json = JsonTree.pretty(JsonTree.of(experiment.decisive()));
    assertEquals(experiment.methods(), file(json).resolve().methods());
  }

  @Test
  void theSchemaHasEveryKeyOfTheTable() {
    JsonObject schema = JsonTree.object(ExperimentSchema.json(), "schema");
    for (ExperimentKey key : ExperimentKey.values()) {
      JsonObject at = schema;
      for (String part : key.path().split("\\.")) {
        at = at.getAsJsonObject("properties").getAsJsonObject(part);
      }
      assertEquals(key.meaning(), at.get("description").getAsString());
    }
    assertTrue(schema.getAsJsonObject("properties").has("methods"));
  }

  @Test
  void theTemplateHasEveryDefault() {
    Experiment experiment = file(ExperimentSchema.template("mine")).set("data.root", "x").resolve();
    Experiment plain =
        file("name: mine\ndata: {path: \"${data}/dev.tsv\"}\nmethods: [agf, gf, af]\n")
            .set("data.root", "x")
            .resolve();
    assertEquals(plain.hash(), experiment.hash());
  }

  @Test
  void theTemplateHasEveryKeyOfTheSchema() {
    JsonObject schema = JsonTree.object(ExperimentSchema.json(), "schema");
    SettingNode template = YamlTree.read(ExperimentSchema.template("mine"), "template");
    assertSameKeys("", schema, template);
  }

  private static void assertSameKeys(String path, JsonObject schema, SettingNode node) {
    JsonObject properties = schema.getAsJsonObject("properties");
    if (properties != null && node.entries() != null) {
      assertEquals(properties.keySet(), new TreeSet<>(node.entries().keySet()), "in " + path);
      node.entries()
          .forEach(
              (name, value) ->
                  assertSameKeys(path + name + ".", properties.getAsJsonObject(name), value));
    }
  }

  @Test
  void defaultsOfMetricsAgreeWithTheirOwn() {
    var settings = file("name: a\ndata: {path: d}\n").resolve().metricSettings();
    var defaults = org.attentionflow.evaluation.metric.MetricSettings.defaults();
    assertEquals(defaults.grid(), settings.grid());
    assertEquals(defaults.bins(), settings.bins());
    assertEquals(defaults.rounding(), settings.rounding());
    assertEquals(defaults.overlap(), settings.overlap());
    assertEquals(Map.of(), file("name: a\ndata: {path: d}\n").resolve().dataset().labels());
  }
}
