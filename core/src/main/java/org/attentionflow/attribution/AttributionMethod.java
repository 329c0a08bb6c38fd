package org.attentionflow.attribution;

import java.util.List;
import org.attentionflow.plugin.Plugin;

/** A way to give each token a score. Stateless; what it needs is resolved by {@link #prepare}. */
public interface AttributionMethod extends Plugin {
  /** What kind of evidence the method goes by. */
  default MethodGroup group() {
    return MethodGroup.OTHER;
  }

  /** The score of a token as a formula, in one line; empty if there is none. */
  default String formula() {
    return "";
  }

  /** What the sign of a score means. */
  default ScoreSign sign() {
    return ScoreSign.SIGNED;
  }

  /** Whether another target can give other scores. */
  default boolean dependsOnTarget() {
    return true;
  }

  /** The settings of this method alone, each with its default. */
  default List<MethodOption> options() {
    return List.of();
  }

  /**
   * Resolves everything the settings name.
   *
   * @throws org.attentionflow.failure.UnusableInputException if a part is missing or does not fit
   */
  Attributor prepare(MethodSettings settings);
}
