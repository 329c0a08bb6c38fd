package org.attentionflow.evaluation.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.pipeline.SettingsKey;
import org.attentionflow.plugin.Nearest;

/** Checks a tree of settings against the table of keys and fills in the defaults. */
final class ExperimentReader {
  private static final String METHODS = "methods";
  private static final String EXPECT = "expect";

  private final String source;
  private final Map<ExperimentKey, Object> values = new EnumMap<>(ExperimentKey.class);
  private final TreeMap<String, String> shared = MethodKeys.defaults();
  private final List<Expectation> expectations = new ArrayList<>();
  private List<MethodEntry> methods = List.of(new MethodEntry("agf", "agf", Map.of()));

  ExperimentReader(String source) {
    this.source = source;
    for (ExperimentKey key : ExperimentKey.values()) {
      values.put(key, key.defaultValue());
    }
  }

  Experiment read(SettingNode root, Path folder, String text) {
    preset(root);
    section("", root);
    if (!Long.valueOf(1).equals(values.get(ExperimentKey.SCHEMA))) {
      throw new UnusableInputException(source + ": schema must be 1.");
    }
    require(ExperimentKey.NAME, "[a-z0-9]+(-[a-z0-9]+)*", "lower-case words joined by hyphens");
    require(ExperimentKey.DATA_PATH, ".+", "a path");
    return new Experiment(source, text, folder, values, shared, methods, expectations);
  }

  /** The conventions of others stand in place of the defaults; what the file says goes before. */
  private void preset(SettingNode root) {
    SettingNode evaluation = root.entries() == null ? null : root.entries().get("evaluation");
    SettingNode preset =
        evaluation == null || evaluation.entries() == null
            ? null
            : evaluation.entries().get("preset");
    String name = preset == null ? null : preset.text();
    if (name != null && !name.isEmpty()) {
      values.putAll(PresetValues.of(name));
    }
  }

  private void section(String prefix, SettingNode node) {
    if (node.entries() != null) {
      node.entries().forEach((name, value) -> entry(prefix + name, value));
    }
  }

  private void entry(String path, SettingNode node) {
    ExperimentKey key = ExperimentKey.find(path).orElse(null);
    if (key != null) {
      try {
        values.put(key, key.kind().read(node, path, key.choices()));
      } catch (UnusableInputException e) {
        throw new UnusableInputException(source + ": " + e.getMessage(), e);
      }
    } else if (path.equals(METHODS)) {
      methods = new MethodReader(source).read(node);
    } else if (path.equals(EXPECT)) {
      expect(node);
    } else if (MethodKeys.has(path) && node.entries() == null) {
      shared.put(path, (String) ValueKind.TEXT.read(node, path, List.of()));
    } else if (isSection(path) && (node.entries() != null || isEmpty(node))) {
      section(path + ".", node);
    } else {
      throw unknown(leaf(path, node), node);
    }
  }

  /** The path to the first value below a section: what was meant shows there. */
  private static String leaf(String path, SettingNode node) {
    if (node.entries() == null || node.entries().isEmpty()) {
      return path;
    }
    Map.Entry<String, SettingNode> first = node.entries().entrySet().iterator().next();
    return leaf(path + "." + first.getKey(), first.getValue());
  }

  private void expect(SettingNode node) {
    if (node.items() == null) {
      throw new UnusableInputException(source + ": expect" + node.where() + ": expected a list.");
    }
    for (SettingNode item : node.items()) {
      expectations.add(Expectation.read(item, "expect[" + expectations.size() + "]", source));
    }
  }

  private static boolean isEmpty(SettingNode node) {
    return node.text() == null && node.items() == null;
  }

  private static boolean isSection(String path) {
    return known().stream().anyMatch(key -> key.startsWith(path + "."));
  }

  private static List<String> known() {
    return Stream.of(
            Stream.of(ExperimentKey.values()).map(ExperimentKey::path),
            MethodKeys.all().stream().map(SettingsKey::key),
            Stream.of(METHODS, EXPECT))
        .flatMap(keys -> keys)
        .toList();
  }

  private UnusableInputException unknown(String path, SettingNode node) {
    return new UnusableInputException(
        source
            + ": "
            + path
            + ": unknown key"
            + node.where()
            + "."
            + Nearest.find(path, known())
                .map(near -> " Did you mean " + near + "?")
                .orElse(
                    " The nearest are "
                        + String.join(", ", Nearest.sort(path, known()).subList(0, 3))
                        + ". Maybe see attnflow config schema."));
  }

  private void require(ExperimentKey key, String pattern, String expected) {
    String value = String.valueOf(values.get(key));
    if (!value.matches(pattern)) {
      throw new UnusableInputException(
          source
              + ": "
              + key.path()
              + (value.isEmpty() ? " is missing" : " = " + value)
              + ": expected "
              + expected
              + ".");
    }
  }
}
