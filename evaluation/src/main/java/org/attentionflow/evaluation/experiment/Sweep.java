package org.attentionflow.evaluation.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.pipeline.SettingsKey;
import org.attentionflow.plugin.Nearest;

/**
 * Variants of methods: every combination of values, or one key at a time. All variants share the
 * captures and perturbations of one run, so their differences are paired.
 *
 * @param isGrid whether every combination is made
 * @param over the values by key, in order
 */
record Sweep(boolean isGrid, Map<String, List<String>> over) {
  /**
   * Checks the keys.
   *
   * @throws UnusableInputException if one is not a key of methods
   */
  Sweep {
    for (String key : over.keySet()) {
      if (!key.equals(SettingsKey.METHOD.key()) && !MethodKeys.has(key)) {
        List<String> known =
            new ArrayList<>(MethodKeys.all().stream().map(SettingsKey::key).toList());
        known.add("method");
        throw new UnusableInputException(
            "sweep.over."
                + key
                + ": not a key of methods."
                + Nearest.find(key, known).map(near -> " Did you mean " + near + "?").orElse("")
                + " Maybe run once per value with --set.");
      }
    }
  }

  /**
   * Reads an ablation: {@code aggregator=af,gf,agf; solver=barrier,dinic}.
   *
   * @throws UnusableInputException if it is not one
   */
  static Map<String, List<String>> parse(String grid) {
    Map<String, List<String>> over = new LinkedHashMap<>();
    for (String part : grid.split(";")) {
      int sign = part.indexOf('=');
      if (sign < 1) {
        throw new UnusableInputException(
            "The grid '" + grid + "' must be key=value,value; key=value,value.");
      }
      String key = MethodKeys.of(part.substring(0, sign).strip());
      over.put(
          key, List.of(part.substring(sign + 1).split(",")).stream().map(String::strip).toList());
    }
    return over;
  }

  /** The variants of the methods; the methods themselves if there is nothing to vary. */
  List<MethodEntry> variants(List<MethodEntry> methods) {
    Set<MethodEntry> variants = new LinkedHashSet<>(isGrid ? List.of() : methods);
    for (MethodEntry method : methods) {
      if (isGrid) {
        variants.addAll(combinations(method));
      } else {
        over.forEach((key, values) -> values.forEach(v -> variants.add(method.with(key, v))));
      }
    }
    return List.copyOf(variants);
  }

  private List<MethodEntry> combinations(MethodEntry method) {
    List<MethodEntry> made = List.of(method);
    for (Map.Entry<String, List<String>> axis : over.entrySet()) {
      List<MethodEntry> next = new ArrayList<>();
      for (MethodEntry entry : made) {
        axis.getValue().forEach(value -> next.add(entry.with(axis.getKey(), value)));
      }
      made = next;
    }
    return made;
  }
}
