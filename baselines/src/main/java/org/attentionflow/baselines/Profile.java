package org.attentionflow.baselines;

import java.util.List;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.ScoreSign;

/**
 * What is known of a method before it is prepared.
 *
 * @param group what kind of evidence it goes by
 * @param name its name
 * @param aliases its other names
 * @param summary one sentence
 * @param formula the score of token i
 * @param source authors, title, venue and year
 * @param sign what the sign of a score means
 * @param dependsOnTarget whether another target can give other scores
 * @param options its own settings
 */
public record Profile(
    MethodGroup group,
    String name,
    List<String> aliases,
    String summary,
    String formula,
    String source,
    ScoreSign sign,
    boolean dependsOnTarget,
    List<MethodOption> options) {
  /** Copies the lists. */
  public Profile {
    aliases = List.copyOf(aliases);
    options = List.copyOf(options);
  }

  /** The profile of a method whose scores are signed, depend on the target and have no options. */
  public static Profile of(MethodGroup group, String name, String... aliases) {
    return new Profile(
        group, name, List.of(aliases), "", "", "", ScoreSign.SIGNED, true, List.of());
  }

  /** The same with its sentence. */
  public Profile summary(String text) {
    return new Profile(group, name, aliases, text, formula, source, sign, dependsOnTarget, options);
  }

  /** The same with its formula. */
  public Profile formula(String text) {
    return new Profile(group, name, aliases, summary, text, source, sign, dependsOnTarget, options);
  }

  /** The same with its source. */
  public Profile source(String text) {
    return new Profile(
        group, name, aliases, summary, formula, text, sign, dependsOnTarget, options);
  }

  /** The same with scores that are never negative. */
  public Profile nonNegative() {
    return new Profile(
        group,
        name,
        aliases,
        summary,
        formula,
        source,
        ScoreSign.NON_NEGATIVE,
        dependsOnTarget,
        options);
  }

  /** The same for every target. */
  public Profile withoutTarget() {
    return new Profile(group, name, aliases, summary, formula, source, sign, false, options);
  }

  /** The same with options of its own. */
  public Profile options(MethodOption... list) {
    return new Profile(
        group, name, aliases, summary, formula, source, sign, dependsOnTarget, List.of(list));
  }
}
