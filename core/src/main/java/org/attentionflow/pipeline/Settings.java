package org.attentionflow.pipeline;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Nearest;

/**
 * Every choice of a run, by key. Keys are checked when they are set, values when they are read;
 * what is not set has the default of {@link SettingsKey}, the one place where defaults stand.
 */
public final class Settings {
  /** Which options there are depends on the method, so that they are checked with it. */
  private static final Pattern METHOD_OPTION =
      Pattern.compile(Pattern.quote(MethodOption.PREFIX) + "[a-z]+(-[a-z]+)*");

  private static final Settings DEFAULTS = new Settings(new TreeMap<>());

  private final TreeMap<String, String> values;

  private Settings(TreeMap<String, String> values) {
    this.values = values;
  }

  /** The default settings. */
  public static Settings defaults() {
    return DEFAULTS;
  }

  /**
   * Reads a file of lines {@code key = value} (Java properties, UTF-8).
   *
   * @throws UnusableInputException if it cannot be read or has an unknown key
   */
  public static Settings read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new UnusableInputException("The settings " + file + " cannot be read: " + e + ".", e);
    }
    Settings settings = defaults();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      settings = settings.with(key, properties.getProperty(key));
    }
    return settings;
  }

  /**
   * The same settings with one value changed.
   *
   * @throws UnusableInputException if the key is not known; the message names the nearest
   */
  public Settings with(String key, String value) {
    if (SettingsKey.find(key).isEmpty() && !METHOD_OPTION.matcher(key).matches()) {
      throw new UnusableInputException(
          key
              + ": unknown key."
              + Nearest.find(key, SettingsKey.names())
                  .map(near -> " Did you mean " + near + "?")
                  .orElse(
                      " Known keys, nearest first: "
                          + String.join(", ", Nearest.sort(key, SettingsKey.names()))
                          + "."));
    }
    TreeMap<String, String> changed = new TreeMap<>(values);
    changed.put(key, value.strip());
    if (key.equals(SettingsKey.MU.key())) {
      changed.remove(SettingsKey.MU_ABSOLUTE.key());
    }
    return new Settings(changed);
  }

  /** The value of a key: what was set, or the default. */
  public String get(SettingsKey key) {
    return values.getOrDefault(key.key(), key.defaultValue());
  }

  /** Every key with its value, defaults included, and the options of the method that were set. */
  public Map<String, String> resolved() {
    TreeMap<String, String> all = new TreeMap<>(values);
    for (SettingsKey key : SettingsKey.values()) {
      all.put(key.key(), get(key));
    }
    return Collections.unmodifiableMap(all);
  }

  /** The options of the method that were set, by key without prefix. */
  Map<String, String> methodOptions() {
    TreeMap<String, String> options = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (METHOD_OPTION.matcher(key).matches()) {
            options.put(key.substring(MethodOption.PREFIX.length()), value);
          }
        });
    return options;
  }

  /** The keys that can change a result, with their values; how many work at once cannot. */
  Map<String, String> decisive() {
    TreeMap<String, String> all = new TreeMap<>(resolved());
    all.remove(SettingsKey.WORKERS.key());
    all.remove(SettingsKey.SOLVER_THREADS.key());
    return all;
  }

  /**
   * The same for a text or network that nothing else runs beside: unless the threads of the solver
   * are set, it may use all processors.
   */
  public Settings alone() {
    return SettingsReader.alone(this);
  }

  /** The scalar that is explained: a contrast if one is set, otherwise the target. */
  public Target target() {
    return SettingsReader.target(this);
  }

  /**
   * The settings of the attribution method.
   *
   * @throws UnusableInputException if a value cannot be read
   */
  public MethodSettings method() {
    return SettingsReader.method(this);
  }

  /**
   * The settings of the engine.
   *
   * @throws UnusableInputException if a value cannot be read
   */
  public EngineSettings engine() {
    return SettingsReader.engine(this);
  }
}
