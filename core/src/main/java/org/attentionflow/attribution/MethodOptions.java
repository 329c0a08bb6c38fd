package org.attentionflow.attribution;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Nearest;

/** The values of a method's own options: what was set, or the default. Immutable. */
public final class MethodOptions {
  private final TreeMap<String, String> values;

  private MethodOptions(TreeMap<String, String> values) {
    this.values = values;
  }

  /**
   * Resolves the options of a method.
   *
   * @throws UnusableInputException if a key is set that the method does not have; the message names
   *     the nearest one
   */
  public static MethodOptions of(AttributionMethod method, MethodSettings settings) {
    return of(method.name(), method.options(), settings.options());
  }

  /** The same, for a method that is known by its name and options alone. */
  static MethodOptions of(String method, List<MethodOption> options, Map<String, String> given) {
    TreeMap<String, String> values = new TreeMap<>();
    options.forEach(option -> values.put(option.key(), option.defaultValue()));
    for (Map.Entry<String, String> entry : new TreeMap<>(given).entrySet()) {
      String key = entry.getKey();
      if (!values.containsKey(key)) {
        throw new UnusableInputException(unknown(method, key, List.copyOf(values.keySet())));
      }
      values.put(key, entry.getValue());
    }
    return new MethodOptions(values);
  }

  /** Every option with its value, by key without prefix. */
  public Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  /** The value of an option as it was written. */
  public String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("The option '" + key + "' is not declared.");
    }
    return value;
  }

  /**
   * A whole number.
   *
   * @throws UnusableInputException if it is none, or smaller than {@code least}
   */
  public int count(String key, int least) {
    return (int) wholeNumber(key, least, Integer.MAX_VALUE);
  }

  /**
   * A seed: any whole number of 64 bits.
   *
   * @throws UnusableInputException if it is none
   */
  public long seed(String key) {
    return wholeNumber(key, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * A finite number.
   *
   * @throws UnusableInputException if it is none, or smaller than {@code least}
   */
  public double number(String key, double least) {
    try {
      double number = Double.parseDouble(text(key));
      if (number >= least && number < Double.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw unreadable(key, "a number of at least " + least);
    }
    throw unreadable(key, "a number of at least " + least);
  }

  /**
   * A constant of an enumeration, written in lower case with hyphens.
   *
   * @throws UnusableInputException if there is no such constant
   */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    String value = text(key);
    for (E constant : type.getEnumConstants()) {
      if (words(constant).equals(value)) {
        return constant;
      }
    }
    List<String> names = Arrays.stream(type.getEnumConstants()).map(MethodOptions::words).toList();
    throw unreadable(key, "one of " + String.join(", ", Nearest.sort(value, names)));
  }

  private long wholeNumber(String key, long least, long most) {
    String expected = "a whole number" + (least == Long.MIN_VALUE ? "" : " of at least " + least);
    try {
      long number = Long.parseLong(text(key));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw unreadable(key, expected);
    }
    throw unreadable(key, expected);
  }

  private UnusableInputException unreadable(String key, String expected) {
    return new UnusableInputException(
        MethodOption.PREFIX + key + " = " + text(key) + ": expected " + expected + ".");
  }

  private static String unknown(String method, String key, List<String> known) {
    String written = MethodOption.PREFIX + key;
    if (known.isEmpty()) {
      return written + ": unknown key; the method " + method + " has no options.";
    }
    List<String> names = known.stream().map(MethodOption.PREFIX::concat).toList();
    return written
        + ": unknown key of the method "
        + method
        + "."
        + Nearest.find(written, names)
            .map(near -> " Did you mean " + near + "?")
            .orElse(" Known keys: " + String.join(", ", names) + ".");
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
