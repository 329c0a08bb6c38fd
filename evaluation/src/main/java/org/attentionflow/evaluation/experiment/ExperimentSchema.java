package org.attentionflow.evaluation.experiment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.pipeline.SettingsKey;

/** The JSON Schema and the template of an experiment file, made from the table of its keys. */
public final class ExperimentSchema {
  private static final String ANY_SCALAR = "type";
  private static final List<String> SCALARS = List.of("string", "number", "boolean");

  private ExperimentSchema() {}

  /** The schema (JSON Schema, draft 2020-12) as JSON. */
  public static String json() {
    Map<String, Object> root = object();
    for (ExperimentKey key : ExperimentKey.values()) {
      Map<String, Object> schema = new TreeMap<>(key.kind().schema(key.choices()));
      schema.put("description", key.meaning());
      schema.put("default", key.defaultValue());
      put(root, key.path(), schema);
    }
    MethodKeys.all().forEach(key -> put(root, key.key(), method(key)));
    Map<String, Object> entry = object();
    put(entry, "id", scalar("the name of the row"));
    put(entry, "method", scalar("the name of the method"));
    MethodKeys.all().forEach(key -> put(entry, key.key(), method(key)));
    put(entry, "options", new TreeMap<>(Map.of("type", "object")));
    put(root, "methods", listOf(Map.of("anyOf", List.of(Map.of("type", "string"), entry))));
    put(root, "expect", listOf(expectation()));
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Attention Flow experiment");
    root.put("required", List.of("name", "data"));
    return JsonTree.pretty(JsonTree.of(root));
  }

  private static Map<String, Object> expectation() {
    Map<String, Object> expectation = object();
    for (String name : List.of("method", "metric", "operator")) {
      put(expectation, name, scalar("which number of the summary"));
    }
    put(expectation, "value", new TreeMap<>(Map.of("type", "number")));
    put(expectation, "tolerance", new TreeMap<>(Map.of("type", "number")));
    return expectation;
  }

  private static Map<String, Object> method(SettingsKey key) {
    Map<String, Object> schema = scalar(key.meaning());
    schema.put("default", key.defaultValue());
    return schema;
  }

  private static Map<String, Object> scalar(String description) {
    Map<String, Object> schema = new TreeMap<>();
    schema.put(ANY_SCALAR, SCALARS);
    schema.put("description", description);
    return schema;
  }

  private static Map<String, Object> listOf(Map<String, Object> items) {
    return new TreeMap<>(Map.of("type", "array", "items", items));
  }

  private static Map<String, Object> object() {
    Map<String, Object> object = new TreeMap<>();
    object.put("type", "object");
    object.put("additionalProperties", false);
    object.put("properties", new TreeMap<String, Object>());
    return object;
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> object, String path, Map<String, Object> schema) {
    Map<String, Object> properties = (Map<String, Object>) object.get("properties");
    int dot = path.indexOf('.');
    if (properties == null || dot < 0) {
      if (properties != null) {
        properties.put(path, schema);
      }
      return;
    }
    Object section = properties.computeIfAbsent(path.substring(0, dot), name -> object());
    put((Map<String, Object>) section, path.substring(dot + 1), schema);
  }

  /** A file with every key, its default and what it means, to be cut down and filled in. */
  public static String template(String name) {
    TemplateLines yaml = new TemplateLines();
    for (ExperimentKey key : ExperimentKey.values()) {
      yaml.add(key.path(), value(key, name), key.meaning());
    }
    yaml.add("methods", "[agf, gf, af]", "rows: names, or maps of id, method, options, settings");
    for (SettingsKey key : MethodKeys.all()) {
      yaml.add(key.key(), "\"" + key.defaultValue() + "\"", key.meaning());
    }
    yaml.add(
        "expect", "[]", "numbers the run must show: method, metric, operator, value, tolerance");
    return yaml.toString();
  }

  private static String value(ExperimentKey key, String name) {
    return switch (key) {
      case NAME -> name;
      case DATA_PATH -> "\"${data}/dev.tsv\"";
      default -> key.kind() == ValueKind.TEXT ? "\"" + key.defaultText() + "\"" : key.defaultText();
    };
  }

  /** Lines of YAML; neighbouring keys of one section share its heading. */
  private static final class TemplateLines {
    private final StringBuilder yaml = new StringBuilder();
    private String section = "";

    void add(String path, String value, String meaning) {
      String[] parts = path.split("\\.");
      for (int depth = 0; depth < parts.length - 1; depth++) {
        String prefix = String.join(".", List.of(parts).subList(0, depth + 1)) + ".";
        if (!section.startsWith(prefix)) {
          yaml.append("  ".repeat(depth)).append(parts[depth]).append(":\n");
        }
      }
      section = path.substring(0, path.lastIndexOf('.') + 1);
      yaml.append("  ".repeat(parts.length - 1))
          .append(parts[parts.length - 1])
          .append(": ")
          .append(value)
          .append(" # ")
          .append(meaning)
          .append('\n');
    }

    @Override
    public String toString() {
      return yaml.toString();
    }
  }
}
