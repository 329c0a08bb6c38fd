package org.attentionflow.evaluation.experiment;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.attentionflow.failure.UnusableInputException;

/** The values of all keys, by their kinds. */
final class KeyValues {
  private final String source;
  private final Path folder;
  private final Map<ExperimentKey, Object> values;

  /**
   * Takes the values.
   *
   * @param source what the file is called in messages
   * @param folder what its paths are relative to
   * @param values a value for every key, of the key's kind
   */
  KeyValues(String source, Path folder, Map<ExperimentKey, Object> values) {
    this.source = source;
    this.folder = folder;
    this.values = Collections.unmodifiableMap(new EnumMap<>(values));
  }

  void each(BiConsumer<ExperimentKey, Object> consumer) {
    values.forEach(consumer);
  }

  /** A path relative to the file's folder, or to what a variable stands for; never absolute. */
  Path path(ExperimentKey key, String variable, ExperimentKey root) {
    String written = text(key);
    String marker = "${" + variable + "}";
    if (written.startsWith(marker)) {
      String base = text(root);
      if (base.isEmpty()) {
        throw new UnusableInputException(
            source
                + ": "
                + key.path()
                + " = "
                + written
                + ": nothing says where that is. Maybe --set "
                + root.path()
                + "=FOLDER.");
      }
      return Path.of(base + written.substring(marker.length()));
    }
    if (Path.of(written).isAbsolute()) {
      throw new UnusableInputException(
          source
              + ": "
              + key.path()
              + " = "
              + written
              + ": an experiment holds no absolute path. Maybe write "
              + marker
              + "/… and --set "
              + root.path()
              + "=FOLDER.");
    }
    return folder.resolve(written);
  }

  String text(ExperimentKey key) {
    return (String) value(key);
  }

  long integer(ExperimentKey key) {
    return (Long) value(key);
  }

  double number(ExperimentKey key) {
    return (Double) value(key);
  }

  boolean truth(ExperimentKey key) {
    return (Boolean) value(key);
  }

  List<String> texts(ExperimentKey key) {
    return ((List<?>) value(key)).stream().map(String.class::cast).toList();
  }

  List<Double> numbers(ExperimentKey key) {
    return ((List<?>) value(key)).stream().map(Double.class::cast).toList();
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> map(ExperimentKey key) {
    return (Map<String, Object>) value(key);
  }

  private Object value(ExperimentKey key) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalStateException(key.path() + " has no value.");
    }
    return value;
  }
}
