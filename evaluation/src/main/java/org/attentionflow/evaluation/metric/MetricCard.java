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

  /**
   * Version 1 of a metric that needs a value function and may take any value, without its texts.
   */
  public static Builder of(String name, Family family, Direction direction) {
    return new Builder(name, family, direction);
  }

  /** A card without its texts. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final Family family;
    private final Direction direction;
    private List<String> aliases = List.of();
    private double least = Double.NEGATIVE_INFINITY;
    private double greatest = Double.POSITIVE_INFINITY;
    private boolean comparable;
    private Set<Need> needs = EnumSet.of(Need.VALUES);

    private Builder(String name, Family family, Direction direction) {
      this.name = name;
      this.family = family;
      this.direction = direction;
    }

    /** Sets the values that the metric can take. */
    public Builder range(double from, double to) {
      least = from;
      greatest = to;
      return this;
    }

    /** Sets its other names. */
    public Builder alias(String... others) {
      aliases = List.of(others);
      return this;
    }

    /** Says that values of different models can be compared. */
    public Builder comparable() {
      comparable = true;
      return this;
    }

    /** Sets what it needs beyond the scores. */
    public Builder needing(Need... parts) {
      needs = Set.of(parts);
      return this;
    }

    /**
     * The card.
     *
     * @param summary one sentence
     * @param formula the definition in plain text
     * @param source the paper
     */
    public MetricCard texts(String summary, String formula, String source) {
      return new MetricCard(
          name,
          aliases,
          1,
          family,
          direction,
          least,
          greatest,
          comparable,
          needs,
          summary,
          formula,
          source);
    }
  }
}
