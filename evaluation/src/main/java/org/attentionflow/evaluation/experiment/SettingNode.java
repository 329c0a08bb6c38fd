package org.attentionflow.evaluation.experiment;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of an experiment file with the line it stands on: a text, a list or a map.
 *
 * @param line the line, from 1; 0 for what was given on the command line
 * @param text the text of a scalar, as written without quotes; null for null and for the others
 * @param items the values of a list, or null
 * @param entries the values of a map by key, in their order, or null
 */
record SettingNode(
    int line,
    @Nullable String text,
    @Nullable List<SettingNode> items,
    @Nullable Map<String, SettingNode> entries) {
  static SettingNode scalar(int line, @Nullable String text) {
    return new SettingNode(line, text, null, null);
  }

  /** Where the value stands, for messages: {@code (line 21)}. */
  String where() {
    return line > 0 ? " (line " + line + ")" : "";
  }
}
