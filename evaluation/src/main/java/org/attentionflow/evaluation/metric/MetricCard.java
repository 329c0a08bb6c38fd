package org.attentionflow.evaluation.metric;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.evaluation.metric.Metric.Direction;
import org.attentionflow.evaluation.metric.Metric.Family;
import org.attentionflow.evaluation.metric.Metric.Need;

/**
 * What a metric says of itself.
 *
 * @param name the name in settings and results
 * @param aliases other names
 * @param version the version of the definition, from 1
 * @param family what it judges
 * @param direction which values are better
 * @param least the least value; may be infinite
 * @param greatest the greatest value; may be infinite
 * @param comparableAcrossModels whether values of different models can be compared
 * @param needs what it needs beyond the scores
 * @param summary one sentence
 * @param formula the definition in plain text
 * @param source the paper
 */
public record MetricCard(
    String name,
    List<String> aliases,
    int version,
    Family family,
    Direction direction,
    double least,
    double greatest,
    boolean comparableAcrossModels,
    Set<Need> needs,
    String summary,
    String formula,
    String source) {
  /** Copies the collections. */
  public MetricCard {
    aliases = List.copyOf(aliases);
    needs = Set.copyOf(needs);
  }

  /** Version 1 of a metric that needs a value function and may take any value. */
  public static MetricCard of(String name, Family family, Direction direction) {
    return new MetricCard(
        name,
        List.of(),
        1,
        family,
        direction,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        false,
        EnumSet.of(Need.VALUES),
        "",
        "",
        "");
  }

  /** The same with the values it can take. */
  public MetricCard range(double from, double to) {
    return new MetricCard(
        name,
        aliases,
        version,
        family,
        direction,
        from,
        to,
        comparableAcrossModels,
        needs,
        summary,
        formula,
        source);
  }

  /** The same with other names. */
  public MetricCard alias(String... others) {
    return new MetricCard(
        name,
        List.of(others),
        version,
        family,
        direction,
        least,
        greatest,
        comparableAcrossModels,
        needs,
        summary,
        formula,
        source);
  }

  /** The same, comparable across models. */
  public MetricCard comparable() {
    return new MetricCard(
        name, aliases, version, family, direction, least, greatest, true, needs, summary, formula,
        source);
  }

  /** The same with other needs. */
  public MetricCard needing(Need... parts) {
    return new MetricCard(
        name,
        aliases,
        version,
        family,
        direction,
        least,
        greatest,
        comparableAcrossModels,
        Set.of(parts),
        summary,
        formula,
        source);
  }

  /** The same with its texts. */
  public MetricCard texts(String oneSentence, String definition, String paper) {
    return new MetricCard(
        name,
        aliases,
        version,
        family,
        direction,
        least,
        greatest,
        comparableAcrossModels,
        needs,
        oneSentence,
        definition,
        paper);
  }
}
