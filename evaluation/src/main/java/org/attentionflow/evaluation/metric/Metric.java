package org.attentionflow.evaluation.metric;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.plugin.Plugin;

/**
 * A number that judges the scores of one example. Stateless and thread-safe; found by name. The
 * version rises when the definition changes, so that the id {@code name@version} always means the
 * same formula.
 */
public interface Metric extends Plugin {
  /** What a metric judges. Families are reported in separate tables. */
  enum Family {
    /** Whether the scores agree with what the model does when features are removed. */
    FAITHFULNESS,
    /** Whether the scores behave as an explanation must, whatever the model. */
    SANITY,
    /** Whether the scores agree with people; that is not faithfulness. */
    PLAUSIBILITY
  }

  /** Which values are better. */
  enum Direction {
    /** Larger is better. */
    HIGHER_IS_BETTER,
    /** Smaller is better. */
    LOWER_IS_BETTER,
    /** The number describes and does not rank. */
    NEITHER
  }

  /** What a metric needs of its {@link MetricInput}, beyond the scores. */
  enum Need {
    /** The value function. */
    VALUES,
    /** The model and the method, to score changed inputs or models. */
    REATTRIBUTION,
    /** What people marked. */
    RATIONALE
  }

  /** What the metric says of itself. */
  MetricCard card();

  @Override
  default String name() {
    return card().name();
  }

  @Override
  default List<String> aliases() {
    return card().aliases();
  }

  @Override
  default String summary() {
    return card().summary();
  }

  @Override
  default String source() {
    return card().source();
  }

  /** Name and version, as results carry them, for example {@code aopc@1}. */
  default String id() {
    return name() + "@" + card().version();
  }

  /** What the metric judges. */
  default Family family() {
    return card().family();
  }

  /**
   * What else changes the metric's numbers: values are compared only where these agree. All there
   * is, unless the metric says that it reads less.
   */
  default Set<MetricSetting> reads() {
    return EnumSet.allOf(MetricSetting.class);
  }

  /** Which values are better. */
  default Direction direction() {
    return card().direction();
  }

  /** What the input must hold. */
  default Set<Need> needs() {
    return card().needs();
  }

  /**
   * Judges the scores of one example. What the definition does not cover is an undefined result
   * with its reason, never a number.
   *
   * @throws IllegalArgumentException if the input lacks something of {@link #needs()}
   */
  MetricResult evaluate(MetricInput input);
}
