package org.attentionflow.evaluation.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Nearest;

/** What the value of a key can be, and how it is read. */
enum ValueKind {
  TEXT("a text"),
  INTEGER("a whole number"),
  NUMBER("a number"),
  TRUTH("true or false"),
  TEXTS("a list of texts"),
  NUMBERS("a list of numbers"),
  TEXT_MAP("a map of texts"),
  LIST_MAP("a map of lists");

  private final String meaning;

  ValueKind(String meaning) {
    this.meaning = meaning;
  }

  /**
   * Reads a value: String, Long, Double, Boolean, List or Map.
   *
   * @param key the key, for messages
   * @param choices the texts allowed; empty if any is
   * @throws UnusableInputException if it is of another kind
   */
  Object read(SettingNode node, String key, List<String> choices) {
    return switch (this) {
      case TEXT -> choice(scalar(node, key), node, key, choices);
      case INTEGER -> integer(node, key);
      case NUMBER -> number(node, key);
      case TRUTH -> truth(node, key);
      case TEXTS ->
          list(node, key).stream()
              .map(item -> choice(scalar(item, key), item, key, choices))
              .toList();
      case NUMBERS -> list(node, key).stream().map(item -> number(item, key)).toList();
      case TEXT_MAP -> map(node, key, item -> scalar(item, key));
      case LIST_MAP ->
          map(node, key, item -> list(item, key).stream().map(i -> scalar(i, key)).toList());
    };
  }

  private interface Reading {
    Object of(SettingNode node);
  }

  private Map<String, Object> map(SettingNode node, String key, Reading reading) {
    if (node.entries() == null) {
      throw wrong(node, key);
    }
    Map<String, Object> map = new TreeMap<>();
    node.entries().forEach((name, item) -> map.put(name, reading.of(item)));
    return map;
  }

  /** A single text stands for a list of one. */
  private List<SettingNode> list(SettingNode node, String key) {
    if (node.items() != null) {
      return node.items();
    }
    if (node.text() != null) {
      return List.of(node);
    }
    throw wrong(node, key);
  }

  private String scalar(SettingNode node, String key) {
    if (node.text() == null) {
      throw wrong(node, key);
    }
    return node.text();
  }

  private Long integer(SettingNode node, String key) {
    try {
      return Long.valueOf(scalar(node, key));
    } catch (NumberFormatException e) {
      throw wrong(node, key);
    }
  }

  private Double number(SettingNode node, String key) {
    try {
      return Double.valueOf(scalar(node, key));
    } catch (NumberFormatException e) {
      throw wrong(node, key);
    }
  }

  private Boolean truth(SettingNode node, String key) {
    return switch (scalar(node, key)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(node, key);
    };
  }

  private static String choice(String text, SettingNode node, String key, List<String> choices) {
    if (choices.isEmpty() || choices.contains(text)) {
      return text;
    }
    throw new UnusableInputException(
        key
            + " = "
            + text
            + node.where()
            + ": expected one of "
            + String.join(", ", Nearest.sort(text, choices))
            + ".");
  }

  private UnusableInputException wrong(SettingNode node, String key) {
    String found =
        node.text() != null ? " = " + node.text() : node.items() != null ? " is a list" : "";
    return new UnusableInputException(key + found + node.where() + ": expected " + meaning + ".");
  }

  /** The type as JSON Schema writes it. */
  Map<String, Object> schema(List<String> choices) {
    Map<String, Object> item = new TreeMap<>();
    if (!choices.isEmpty()) {
      item.put("enum", new ArrayList<Object>(choices));
    }
    return switch (this) {
      case TEXT -> with(item, "type", List.of("string", "number", "boolean"));
      case INTEGER -> with(item, "type", "integer");
      case NUMBER -> with(item, "type", "number");
      case TRUTH -> with(item, "type", "boolean");
      case TEXTS ->
          oneOrMany(
              choices.isEmpty()
                  ? with(item, "type", List.of("string", "number", "boolean"))
                  : item);
      case NUMBERS -> oneOrMany(with(item, "type", "number"));
      case TEXT_MAP -> mapOf(Map.of("type", List.of("string", "number", "boolean")));
      case LIST_MAP -> mapOf(oneOrMany(Map.of("type", List.of("string", "number", "boolean"))));
    };
  }

  private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
    if (!map.containsKey("enum")) {
      map.put(name, value);
    }
    return map;
  }

  private static Map<String, Object> oneOrMany(Map<String, Object> item) {
    return Map.of("anyOf", List.of(item, Map.of("type", "array", "items", item)));
  }

  private static Map<String, Object> mapOf(Map<String, Object> item) {
    return Map.of("type", "object", "additionalProperties", item);
  }
}
