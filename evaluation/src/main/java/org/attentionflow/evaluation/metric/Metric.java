package org.attentionflow.evaluation.metric;

import java.util.EnumSet;
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

  /** The version of the definition, from 1. */
  int version();

  /** Name and version, as results carry them, for example {@code aopc@1}. */
  default String id() {
    return name() + "@" + version();
  }

  /** What the metric judges. */
  Family family();

  /** Which values are better. */
  Direction direction();

  /** The least value it can take; may be infinite. */
  double least();

  /** The greatest value it can take; may be infinite. */
  double greatest();

  /** The definition as one formula in plain text. */
  String formula();

  /** What the input must hold. */
  default Set<Need> needs() {
    return EnumSet.of(Need.VALUES);
  }

  /**
   * Whether values of different models can be compared. Raw drops of probability cannot: what a
   * perfect explanation reaches depends on the model.
   */
  default boolean isComparableAcrossModels() {
    return false;
  }

  /**
   * Judges the scores of one example. What the definition does not cover is an undefined result
   * with its reason, never a number.
   *
   * @throws IllegalArgumentException if the input lacks something of {@link #needs()}
   */
  MetricResult evaluate(MetricInput input);
}
