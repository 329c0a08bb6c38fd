package org.attentionflow.evaluation.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Target;
import org.attentionflow.evaluation.metric.MetricSettings;
import org.attentionflow.evaluation.metric.faithfulness.OrderBounds;
import org.attentionflow.evaluation.perturbation.Features;
import org.attentionflow.evaluation.perturbation.MaskRemoval;
import org.attentionflow.evaluation.perturbation.ModelValueFunction;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How much of the range between the worst and the best order several searches reach on real texts,
 * and for how many evaluations; outside the ordinary build:
 *
 * <pre>mvn -pl evaluation -am test -Dtest=BoundSearchRun -Dbounds.model=FOLDER
 *     -Dbounds.texts=FILE (one text per line) -Dbounds.from=9 -Dbounds.to=12 -Dbounds.count=60
 *     -Dbounds.searches=exact,beam-1,beam-3,blocks-1,blocks-3 -Dbounds.result=FILE</pre>
 *
 * The first search is the yardstick of the others. Shares are of the range that it found, summed
 * over the texts.
 */
@EnabledIfSystemProperty(named = "bounds.model", matches = ".+")
class BoundSearchRun {
  private static final int MOST_EXACT = 20;

  /** What one search found, text by text. */
  private record Found(String search, List<OrderBounds> bounds, long evaluations) {}

  @Test
  void compares() throws IOException {
    ModelEngine engine = Plugins.load(ModelEngine.class).get("pytorch");
    Path model = Path.of(System.getProperty("bounds.model"));
    try (ModelSession session = engine.open(model, new EngineSettings(1, 1))) {
      List<TokenSequence> texts = texts(session);
      List<Found> found =
          List.of(System.getProperty("bounds.searches").split(",")).stream()
              .map(search -> search(session, texts, search))
              .toList();
      List<String> lines = new ArrayList<>();
      found.forEach(one -> lines.add(line(one, found.get(0))));
      Files.write(Path.of(System.getProperty("bounds.result")), lines);
    }
  }

  private static List<TokenSequence> texts(ModelSession session) throws IOException {
    int from = Integer.getInteger("bounds.from");
    int to = Integer.getInteger("bounds.to");
    return Files.readAllLines(Path.of(System.getProperty("bounds.texts"))).stream()
        .map(session::tokenize)
        .filter(tokens -> Features.tokens(tokens).size() >= from)
        .filter(tokens -> Features.tokens(tokens).size() <= to)
        .limit(Integer.getInteger("bounds.count"))
        .toList();
  }

  private static Found search(ModelSession session, List<TokenSequence> texts, String search) {
    String[] parts = search.split("-");
    int width = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
    MetricSettings settings =
        MetricSettings.defaults().withSearch(parts[0].equals("exact") ? MOST_EXACT : 0, width);
    int beamLimit = parts[0].equals("blocks") ? 0 : Integer.MAX_VALUE;
    List<OrderBounds> bounds = new ArrayList<>();
    long evaluations = 0;
    for (TokenSequence tokens : texts) {
      ModelValueFunction values =
          new ModelValueFunction(session, tokens, Features.tokens(tokens), new MaskRemoval());
      int target =
          session
              .capture(List.of(tokens), new CaptureRequest(Target.predicted(), Set.of()))
              .get(0)
              .target()
              .index();
      bounds.add(
          parts[0].equals("forward")
              ? OrderBounds.find(values, target, settings)
              : OrderBounds.find(values, target, settings, beamLimit));
      evaluations += values.evaluated().size();
    }
    return new Found(search, bounds, evaluations);
  }

  private static String line(Found found, Found yardstick) {
    int texts = found.bounds().size();
    double upper = 0;
    double lower = 0;
    double upperMissed = 0;
    double lowerMissed = 0;
    double range = 0;
    int reached = 0;
    for (int i = 0; i < texts; i++) {
      OrderBounds one = found.bounds().get(i);
      OrderBounds other = yardstick.bounds().get(i);
      upper += one.upper() / texts;
      lower += one.lower() / texts;
      upperMissed += other.upper() - one.upper();
      lowerMissed += one.lower() - other.lower();
      range += other.upper() - other.lower();
      reached += other.upper() - one.upper() < 1e-9 ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.4f | %.2f %% | %d | %.4f | %.2f %% | %.0f |",
        found.search(),
        texts,
        upper,
        100 * (1 - upperMissed / range),
        reached,
        lower,
        100 * (1 - lowerMissed / range),
        (double) found.evaluations() / texts);
  }
}
