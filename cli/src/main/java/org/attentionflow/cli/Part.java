package org.attentionflow.cli;

import java.util.List;
import org.attentionflow.attribution.MethodOption;

/**
 * A part of the program that settings name, as it is listed and described.
 *
 * @param kind methods, engines, solvers, aggregators, networks or formats
 * @param group what a method goes by; empty for others
 * @param name the name it goes by
 * @param aliases its other names
 * @param summary one sentence
 * @param formula the score as a formula; empty for others than methods
 * @param scores what the sign of a score means, and whether the target matters; empty likewise
 * @param source paper or algorithm; may be empty
 * @param capabilities what it can do; may be empty
 * @param settings the keys of the settings that concern it
 * @param options the settings that this part alone has
 * @param provider the class that supplies it; empty for formats
 */
record Part(
    String kind,
    String group,
    String name,
    List<String> aliases,
    String summary,
    String formula,
    String scores,
    String source,
    List<String> capabilities,
    List<String> settings,
    List<MethodOption> options,
    String provider) {

  /** Whether the part goes by a name. */
  boolean isNamed(String word) {
    return name.equals(word) || aliases.contains(word);
  }

  /** The same part as a method of a group. */
  Part ofMethod(
      String groupName, String itsFormula, String itsScores, List<MethodOption> itsOptions) {
    return new Part(
        kind,
        groupName,
        name,
        aliases,
        summary,
        itsFormula,
        itsScores,
        source,
        capabilities,
        settings,
        itsOptions,
        provider);
  }
}
