package org.attentionflow.evaluation.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.pipeline.SettingsKey;
import org.attentionflow.plugin.Nearest;

/** Reads the list of methods: names, or maps with an id, a method and its own settings. */
final class MethodReader {
  private final String source;

  MethodReader(String source) {
    this.source = source;
  }

  List<MethodEntry> read(SettingNode node) {
    List<SettingNode> items = node.items() != null ? node.items() : List.of(node);
    List<MethodEntry> entries = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (SettingNode item : items) {
      MethodEntry entry = entry(item, "methods[" + entries.size() + "]");
      if (!ids.add(entry.id())) {
        throw new UnusableInputException(
            source + ": two methods have the id " + entry.id() + item.where() + ".");
      }
      entries.add(entry);
    }
    if (entries.isEmpty()) {
      throw new UnusableInputException(source + ": methods" + node.where() + " is empty.");
    }
    return entries;
  }

  private MethodEntry entry(SettingNode item, String path) {
    if (item.text() != null) {
      return new MethodEntry(item.text(), item.text(), Map.of());
    }
    if (item.entries() == null) {
      throw new UnusableInputException(
          source + ": " + path + item.where() + ": expected a name or a map.");
    }
    TreeMap<String, String> found = new TreeMap<>();
    flatten(item.entries(), "", path, found);
    String method = found.remove("method");
    String id = found.remove("id");
    if (method == null) {
      throw new UnusableInputException(source + ": " + path + item.where() + " names no method.");
    }
    return new MethodEntry(id == null ? method : id, method, found);
  }

  private void flatten(
      Map<String, SettingNode> entries, String prefix, String path, Map<String, String> found) {
    entries.forEach(
        (name, node) -> {
          String key = prefix + name;
          if (node.entries() != null) {
            flatten(node.entries(), key + ".", path, found);
          } else if (key.equals("id") || key.equals("method") || MethodKeys.has(key)) {
            found.put(key, (String) ValueKind.TEXT.read(node, path + "." + key, List.of()));
          } else if (key.startsWith(MethodKeys.OPTIONS)) {
            String option = MethodKeys.OPTION + key.substring(MethodKeys.OPTIONS.length());
            found.put(option, (String) ValueKind.TEXT.read(node, path + "." + key, List.of()));
          } else {
            throw unknown(path, key, node);
          }
        });
  }

  private UnusableInputException unknown(String path, String key, SettingNode node) {
    List<String> known =
        Stream.concat(Stream.of("id", "method"), MethodKeys.all().stream().map(SettingsKey::key))
            .toList();
    return new UnusableInputException(
        source
            + ": "
            + path
            + "."
            + key
            + ": unknown key"
            + node.where()
            + "."
            + Nearest.find(key, known)
                .map(near -> " Did you mean " + near + "?")
                .orElse(" Known: " + String.join(", ", known) + "."));
  }
}
