package org.attentionflow.formats.explanation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Paths as ribbons: what all paths with the same input token carry along one arc, and where on the
 * bars of its two nodes it begins and ends. Ribbons of a node stand side by side in the order of
 * the tokens they come from or lead to, so that few cross.
 */
final class FlowRibbons {
  /**
   * One arc of one input token.
   *
   * @param level the level of its upper node; 0 is the top layer
   * @param upper the token of the upper node
   * @param lower the token of the lower node
   * @param inputToken the token its paths end in
   */
  record Key(int level, int upper, int lower, int inputToken) {}

  /**
   * Where a ribbon is, in the unit of the flow.
   *
   * @param amount how much it carries
   * @param upperOffset where it begins, from the left end of the upper node's ribbons
   * @param lowerOffset where it ends, from the left end of the lower node's ribbons
   */
  record Ribbon(double amount, double upperOffset, double lowerOffset) {}

  private static final Comparator<Key> BY_UPPER =
      Comparator.comparingInt(Key::level)
          .thenComparingInt(Key::upper)
          .thenComparingInt(Key::lower)
          .thenComparingInt(Key::inputToken);

  private static final Comparator<Key> BY_LOWER =
      Comparator.comparingInt(Key::level)
          .thenComparingInt(Key::lower)
          .thenComparingInt(Key::upper)
          .thenComparingInt(Key::inputToken);

  private final TreeMap<Key, Double> amounts = new TreeMap<>(BY_UPPER);
  private final Map<Key, Ribbon> ribbons = new HashMap<>();
  private final Map<List<Integer>, Double> shown = new HashMap<>();

  private FlowRibbons() {}

  static FlowRibbons of(List<FlowPaths.Path> paths) {
    FlowRibbons result = new FlowRibbons();
    for (FlowPaths.Path path : paths) {
      List<Integer> tokens = path.tokens();
      for (int level = 0; level < tokens.size(); level++) {
        result.shown.merge(List.of(level, tokens.get(level)), path.amount(), Double::sum);
        if (level + 1 < tokens.size()) {
          Key key = new Key(level, tokens.get(level), tokens.get(level + 1), path.inputToken());
          result.amounts.merge(key, path.amount(), Double::sum);
        }
      }
    }
    result.place();
    return result;
  }

  /** The arcs, upper nodes first. */
  Iterable<Key> keys() {
    return amounts.keySet();
  }

  Ribbon ribbon(Key key) {
    Ribbon ribbon = ribbons.get(key);
    if (ribbon == null) {
      throw new IllegalArgumentException("No ribbon " + key);
    }
    return ribbon;
  }

  /** What the paths carry through a token of a level. */
  double shown(int level, int token) {
    return shown.getOrDefault(List.of(level, token), 0.0);
  }

  private void place() {
    Map<List<Integer>, Double> used = new HashMap<>();
    Map<Key, Double> upper = new HashMap<>();
    amounts.forEach(
        (key, amount) -> upper.put(key, advance(used, key.level(), key.upper(), amount)));
    used.clear();
    TreeMap<Key, Double> sorted = new TreeMap<>(BY_LOWER);
    sorted.putAll(amounts);
    sorted.forEach(
        (key, amount) -> {
          double lower = advance(used, key.level(), key.lower(), amount);
          ribbons.put(key, new Ribbon(amount, upper.getOrDefault(key, 0.0), lower));
        });
  }

  private static double advance(
      Map<List<Integer>, Double> used, int level, int token, double amount) {
    List<Integer> node = List.of(level, token);
    double start = used.getOrDefault(node, 0.0);
    used.put(node, start + amount);
    return start;
  }
}
