package org.attentionflow.evaluation.experiment;

import java.util.Map;
import java.util.TreeMap;

/** Settings as a tree of sections, as an experiment file has them. */
final class SettingsTree {
  private SettingsTree() {}

  /** A method as a file would have it. */
  static Map<String, Object> of(MethodEntry entry) {
    TreeMap<String, Object> map = new TreeMap<>();
    map.put("id", entry.id());
    map.put("method", entry.method());
    entry.overrides().forEach((key, value) -> put(map, written(key), value));
    return map;
  }

  private static String written(String key) {
    return key.startsWith(MethodKeys.OPTION)
        ? MethodKeys.OPTIONS + key.substring(MethodKeys.OPTION.length())
        : key;
  }

  /** Puts a value under a path with dots between sections. */
  static void put(Map<String, Object> tree, String path, Object value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      tree.put(path, value);
      return;
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> section =
        (Map<String, Object>)
            tree.computeIfAbsent(path.substring(0, dot), name -> new TreeMap<String, Object>());
    put(section, path.substring(dot + 1), value);
  }
}
