package org.attentionflow.cli;

import java.util.List;
import java.util.Map;
import org.attentionflow.attribution.MethodOption;

/**
 * A part of the program that settings name, as it is listed and described.
 *
 * @param kind methods, engines, solvers, aggregators, networks, formats, metrics, removals or
 *     presets
 * @param name the name it goes by
 * @param aliases its other names
 * @param summary one sentence
 * @param source paper or algorithm; may be empty
 * @param capabilities what it can do; may be empty
 * @param settings the keys of the settings that concern it
 * @param details further facts by name, in the order they are shown; may be empty
 * @param options the settings that this part alone has; may be empty
 * @param provider the class that supplies it; empty for formats and presets
 */
record Part(
    String kind,
    String name,
    List<String> aliases,
    String summary,
    String source,
    List<String> capabilities,
    List<String> settings,
    Map<String, String> details,
    List<MethodOption> options,
    String provider) {

  /** A part without settings of its own. */
  Part(
      String kind,
      String name,
      List<String> aliases,
      String summary,
      String source,
      List<String> capabilities,
      List<String> settings,
      Map<String, String> details,
      String provider) {
    this(
        kind, name, aliases, summary, source, capabilities, settings, details, List.of(), provider);
  }

  /** Whether the part goes by a name. */
  boolean isNamed(String word) {
    return name.equals(word) || aliases.contains(word);
  }
}
