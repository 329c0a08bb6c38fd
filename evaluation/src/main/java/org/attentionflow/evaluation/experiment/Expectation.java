package org.attentionflow.evaluation.experiment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Nearest;

/**
 * A number that a run must show.
 *
 * @param method the id of the row
 * @param metric the name of a metric, or {@code no-path} (records without a path), {@code
 *     evaluated} or {@code failed} (records)
 * @param operator the removal operator; empty for the first
 * @param value the number
 * @param tolerance the largest difference from it that is accepted, absolute
 */
public record Expectation(
    String method, String metric, String operator, double value, double tolerance) {
  private static final List<String> KEYS =
      List.of("method", "metric", "operator", "value", "tolerance");

  static Expectation read(SettingNode node, String path, String source) {
    if (node.entries() == null) {
      throw new UnusableInputException(source + ": " + path + node.where() + ": expected a map.");
    }
    node.entries()
        .forEach(
            (key, value) -> {
              if (!KEYS.contains(key)) {
                throw new UnusableInputException(
                    source
                        + ": "
                        + path
                        + "."
                        + key
                        + ": unknown key"
                        + value.where()
                        + ". Did you mean "
                        + Nearest.sort(key, KEYS).get(0)
                        + "?");
              }
            });
    return new Expectation(
        text(node, "method", path, ""),
        text(node, "metric", path, ""),
        text(node, "operator", path, ""),
        number(node, "value", path),
        number(node, "tolerance", path));
  }

  private static String text(SettingNode node, String key, String path, String otherwise) {
    SettingNode value = entries(node).get(key);
    return value == null
        ? otherwise
        : (String) ValueKind.TEXT.read(value, path + "." + key, List.of());
  }

  private static double number(SettingNode node, String key, String path) {
    SettingNode value = entries(node).get(key);
    if (value == null) {
      throw new UnusableInputException(path + node.where() + " lacks " + key + ".");
    }
    return (Double) ValueKind.NUMBER.read(value, path + "." + key, List.of());
  }

  private static Map<String, SettingNode> entries(SettingNode node) {
    return node.entries() == null ? Map.of() : node.entries();
  }

  Map<String, Object> plain() {
    return new TreeMap<>(
        Map.of(
            "method", method,
            "metric", metric,
            "operator", operator,
            "value", value,
            "tolerance", tolerance));
  }
}
