package org.attentionflow.evaluation.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.evaluation.dataset.CharacterSpan;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricSettings;
import org.attentionflow.evaluation.metric.Metrics;
import org.attentionflow.evaluation.perturbation.Features;
import org.attentionflow.evaluation.perturbation.Removal;
import org.attentionflow.evaluation.perturbation.Removals;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.pipeline.Engines;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/**
 * What scores are judged by.
 *
 * @param metrics the metrics
 * @param removals the removal operators
 * @param settings the choices that change numbers
 * @param removesWords whether words are features, not tokens
 */
record Judges(
    List<Metric> metrics, List<Removal> removals, MetricSettings settings, boolean removesWords) {
  /** The operator of metrics that remove nothing. */
  static final String NO_OPERATOR = "-";

  static Judges of(Experiment experiment) {
    Plugins<Metric> metrics = Metrics.load();
    Plugins<Removal> removals = Removals.load();
    return new Judges(
        experiment.metrics().stream().map(metrics::get).toList(),
        experiment.operators().stream().map(removals::get).toList(),
        experiment.metricSettings(),
        experiment.removesWords());
  }

  /**
   * Checks that an engine can do with a model what the operators need.
   *
   * @throws UnusableInputException if it cannot
   */
  void check(ModelEngine engine, Path model) {
    removals.forEach(removal -> Engines.require(engine, model, part(removal), removal.needs()));
  }

  /**
   * Checks that an open model has what the operators need.
   *
   * @throws UnusableInputException if it lacks something
   */
  void check(ModelSession session) {
    removals.forEach(removal -> Engines.require(session, part(removal), removal.needs()));
  }

  private static String part(Removal removal) {
    return "The operator " + removal.name();
  }

  /**
   * The same with the mean share of marked features of the data, if anything is marked and the
   * experiment does not say another.
   */
  Judges withRationaleShare(List<PreparedExample> examples) {
    if (settings.rationaleShare().isPresent()) {
      return this;
    }
    double sum = 0;
    int count = 0;
    for (PreparedExample example : examples) {
      TokenSequence tokens = example.tokens();
      if (tokens != null && !example.example().rationale().isEmpty()) {
        boolean[] marks = marks(tokens, example.example().rationale());
        int marked = 0;
        for (boolean mark : marks) {
          marked += mark ? 1 : 0;
        }
        sum += marks.length > 0 ? (double) marked / marks.length : 0;
        count++;
      }
    }
    double share = count > 0 ? sum / count : 0;
    return share > 0
        ? new Judges(metrics, removals, settings.withRationaleShare(share), removesWords)
        : this;
  }

  /** What can be removed from an input. */
  Features features(TokenSequence tokens) {
    return removesWords ? Features.words(tokens) : Features.tokens(tokens);
  }

  /** Per feature whether a token of it stands for a marked character. */
  boolean[] marks(TokenSequence tokens, List<CharacterSpan> rationale) {
    List<BitSet> positions = features(tokens).positions();
    boolean[] marks = new boolean[positions.size()];
    for (int i = 0; i < marks.length; i++) {
      marks[i] =
          positions.get(i).stream()
              .mapToObj(token -> tokens.tokens().get(token))
              .anyMatch(token -> isMarked(token, rationale));
    }
    return marks;
  }

  private static boolean isMarked(Token token, List<CharacterSpan> rationale) {
    return rationale.stream().anyMatch(span -> span.overlaps(token.start(), token.end()));
  }

  /** The metrics that ask a model what it says of removed sets. */
  List<Metric> removing() {
    return metrics.stream().filter(m -> m.needs().contains(Metric.Need.VALUES)).toList();
  }

  /** The metrics that do not. */
  List<Metric> others() {
    return metrics.stream().filter(m -> !m.needs().contains(Metric.Need.VALUES)).toList();
  }

  List<String> metricIds() {
    return metrics.stream().map(Metric::id).toList();
  }

  /** Per operator the metrics that are computed with it. */
  Map<String, List<Metric>> byOperator() {
    Map<String, List<Metric>> map = new LinkedHashMap<>();
    removals.forEach(removal -> map.put(removal.name(), removing()));
    if (!others().isEmpty()) {
      map.put(NO_OPERATOR, new ArrayList<>(others()));
    }
    return map;
  }
}
