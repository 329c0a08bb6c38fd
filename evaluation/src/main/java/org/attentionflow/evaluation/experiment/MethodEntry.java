package org.attentionflow.evaluation.experiment;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.pipeline.SettingsKey;

/**
 * One row of an experiment's tables: an attribution method with its settings.
 *
 * @param id the name of the row, unique in its experiment
 * @param method the name of the method
 * @param overrides the settings in which it differs from the experiment's, by key
 */
public record MethodEntry(String id, String method, Map<String, String> overrides) {
  /** Copies the map, sorted by key. */
  public MethodEntry {
    overrides = Collections.unmodifiableMap(new TreeMap<>(overrides));
  }

  /**
   * The settings of the library that this amounts to.
   *
   * @param shared the settings of all methods, by key
   * @throws org.attentionflow.failure.UnusableInputException if a key is unknown
   */
  public Settings settings(Map<String, String> shared) {
    Settings settings = Settings.defaults();
    for (Map.Entry<String, String> entry : new TreeMap<>(shared).entrySet()) {
      settings = settings.with(entry.getKey(), entry.getValue());
    }
    for (Map.Entry<String, String> entry : overrides.entrySet()) {
      settings = settings.with(entry.getKey(), entry.getValue());
    }
    return settings.with(SettingsKey.METHOD.key(), method);
  }

  /** The variant in which one key has another value; {@code method} is a key too. */
  MethodEntry with(String key, String value) {
    if (key.equals(SettingsKey.METHOD.key())) {
      return new MethodEntry(id.replaceFirst("^[^\\[]*", value), value, overrides);
    }
    TreeMap<String, String> changed = new TreeMap<>(overrides);
    changed.put(key, value);
    String suffix = "[" + key + "=" + value + "]";
    return new MethodEntry(id + suffix, method, changed);
  }
}
