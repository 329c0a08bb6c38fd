package org.attentionflow.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.formats.explanation.ExplanationFormats;
import org.attentionflow.information.Aggregator;
import org.attentionflow.network.NetworkBuilder;
import org.attentionflow.pipeline.SettingsKey;
import org.attentionflow.plugin.Plugin;
import org.attentionflow.plugin.Plugins;

/** The parts present, by kind. */
final class Parts {
  /** A kind of part, as the user names it. */
  enum Kind {
    METHODS,
    ENGINES,
    SOLVERS,
    AGGREGATORS,
    NETWORKS,
    FORMATS,
    METRICS,
    REMOVALS,
    PRESETS;

    /** The kind as the user writes it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Parts() {}

  /** Every part of a kind. */
  static List<Part> of(Kind kind) {
    return switch (kind) {
      case METHODS -> MethodParts.all(kind);
      case ENGINES ->
          parts(kind, ModelEngine.class, ModelEngine::capabilities, "engine", "engine.");
      case SOLVERS -> parts(kind, FlowSolver.class, FlowSolver::capabilities, "solver.");
      case AGGREGATORS ->
          parts(kind, Aggregator.class, Aggregator::needs, "method", "aggregation.");
      case NETWORKS -> parts(kind, NetworkBuilder.class, network -> List.of(), "network.");
      case FORMATS ->
          ExplanationFormats.suffixes().stream().map(suffix -> format(kind, suffix)).toList();
      case METRICS -> EvaluationParts.metrics(kind);
      case REMOVALS -> EvaluationParts.removals(kind);
      case PRESETS -> EvaluationParts.presets(kind);
    };
  }

  /** Every part of every kind. */
  static List<Part> all() {
    return Stream.of(Kind.values()).flatMap(kind -> of(kind).stream()).toList();
  }

  private static <P extends Plugin> List<Part> parts(
      Kind kind, Class<P> type, Function<P, Collection<?>> capabilities, String... settings) {
    return Plugins.load(type).all().stream()
        .map(plugin -> part(kind, plugin.name(), plugin, capabilities.apply(plugin), settings))
        .toList();
  }

  /** A plug-in as a part. */
  static Part part(
      Kind kind, String name, Plugin plugin, Collection<?> capabilities, String... settings) {
    List<String> aliases = new ArrayList<>(plugin.aliases());
    aliases.add(plugin.name());
    aliases.remove(name);
    return new Part(
        kind.toString(),
        name,
        aliases,
        plugin.summary(),
        plugin.source(),
        capabilities.stream().map(Parts::words).sorted().toList(),
        keys(settings),
        Map.of(),
        plugin.getClass().getName());
  }

  private static Part format(Kind kind, String suffix) {
    String summary =
        switch (suffix) {
          case "html" -> "One self-contained page that opens offline.";
          case "svg" -> "A heat map as a picture for papers.";
          case "flow.svg" -> "The flow through the layers as a picture.";
          case "tex" -> "A heat map for LaTeX.";
          case "csv" -> "One line per token and word.";
          case "json" -> "Everything: one object, or an array of them.";
          case "jsonl" -> "Everything: one object per line.";
          default -> "Files that end in ." + suffix + ".";
        };
    return new Part(
        kind.toString(), suffix, List.of(), summary, "", List.of(), List.of(), Map.of(), "");
  }

  /** ATTENTION_GRADIENT becomes attention-gradient. */
  static String words(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The keys that are equal to a word, or begin with it where it ends in a dot. */
  private static List<String> keys(String... words) {
    return Stream.of(SettingsKey.values())
        .map(SettingsKey::key)
        .filter(
            key ->
                Stream.of(words)
                    .anyMatch(word -> word.endsWith(".") ? key.startsWith(word) : key.equals(word)))
        .toList();
  }
}
