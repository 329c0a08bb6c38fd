package org.attentionflow.evaluation.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.AttentionFlow;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSettings;
import org.attentionflow.evaluation.metric.Metrics;
import org.attentionflow.evaluation.metric.Ranking;
import org.attentionflow.evaluation.perturbation.Features;
import org.attentionflow.evaluation.perturbation.ModelValueFunction;
import org.attentionflow.evaluation.perturbation.Removals;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.pipeline.Explainer;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * AOPC on the first 300 sentences of SST-2's development set, [MASK], 10 … 50 %, ⌈qN⌉, the
 * predicted class, outside the ordinary build:
 *
 * <pre>mvn -pl evaluation -am test -Dtest=Sst2ReferenceRun -Dsst2.dev=FILE -Dsst2.model=FOLDER
 * </pre>
 */
@EnabledIfSystemProperty(named = "sst2.dev", matches = ".+")
class Sst2ReferenceRun {
  private static final int SENTENCES = 300;
  private static final int SEEDS = 10;

  private final Map<String, List<Double>> values = new TreeMap<>();
  private final Map<String, Integer> withoutPath = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();

  @Test
  void reachesTheReference() throws IOException {
    List<String> sentences =
        Files.readAllLines(Path.of(System.getProperty("sst2.dev"))).stream()
            .skip(1)
            .limit(SENTENCES)
            .map(line -> line.split("\t")[0])
            .toList();
    for (String method : List.of("agf", "af", "gf")) {
      Settings settings = Settings.defaults().with("method", method);
      try (Explainer explainer =
          AttentionFlow.load(Path.of(System.getProperty("sst2.model")), settings)) {
        sentences.forEach(sentence -> evaluate(explainer, method, sentence));
      }
    }
    values.forEach(
        (name, list) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%s n %d mean %.6f",
                    name,
                    list.size(),
                    list.stream().mapToDouble(x -> x).average().orElseThrow())));
    lines.add("without a path: " + withoutPath);
    Files.write(Path.of(System.getProperty("sst2.result")), lines);
    assertEquals(0.594, mean("aopc agf"), 0.005);
    assertEquals(0.317, mean("aopc af"), 0.005);
    assertEquals(0.08, mean("aopc random"), 0.03);
    assertEquals(7, withoutPath.get("agf"));
  }

  private void evaluate(Explainer explainer, String method, String sentence) {
    Explanation explanation = explainer.explain(sentence);
    Features features = Features.tokens(explanation.tokens());
    ModelValueFunction function =
        new ModelValueFunction(
            explainer.session(), explanation.tokens(), features, Removals.load().get("mask"));
    MetricInput input =
        MetricInput.of(
            sentence,
            features.scores(explanation.attribution().scores()),
            explanation.target().index(),
            function,
            MetricSettings.defaults());
    record(method, input);
    if (explanation.attribution().flowResult().orElseThrow().status() == SolveStatus.NO_PATH) {
      withoutPath.merge(method, 1, Integer::sum);
    }
    for (int seed = 0; method.equals("agf") && seed < SEEDS; seed++) {
      long mixed = 31L * sentence.hashCode() + seed;
      record("random", input.withScores(Ranking.random(features.size(), mixed)));
    }
  }

  private void record(String method, MetricInput input) {
    for (String name : List.of("aopc", "lodds")) {
      Metric metric = Metrics.load().get(name);
      MetricResult result = metric.evaluate(input);
      result
          .value()
          .ifPresent(
              value ->
                  values.computeIfAbsent(name + " " + method, key -> new ArrayList<>()).add(value));
    }
  }

  private double mean(String key) {
    return values.get(key).stream().mapToDouble(x -> x).average().orElseThrow();
  }
}
