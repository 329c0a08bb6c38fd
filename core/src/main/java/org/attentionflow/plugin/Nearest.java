package org.attentionflow.plugin;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the known word that a mistyped one was probably meant to be. */
public final class Nearest {
  private Nearest() {}

  /** The known words, nearest first; equally near ones in alphabetical order. */
  public static List<String> sort(String word, Collection<String> known) {
    return known.stream()
        .sorted(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** The nearest known word, if it is near enough to be a likely typing error. */
  public static Optional<String> find(String word, Collection<String> known) {
    return sort(word, known).stream()
        .findFirst()
        .filter(best -> distance(word, best) <= Math.max(2, word.length() / 3));
  }

  /** The Levenshtein distance between two words. */
  static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] current = new int[right.length() + 1];
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int substitution = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
