package org.attentionflow.formats.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Doubles as the shortest decimal that reads back as the same double; of several that short, the
 * nearest. {@link Double#toString} is not always the shortest before JDK 19, so this does not
 * depend on it: the same characters on every Java version.
 */
public final class ShortestDecimal {
  /** Seventeen significant digits identify every double. */
  private static final int MOST_DIGITS = 17;

  /** Decimal exponents for which a number is written without one, as in ECMAScript. */
  private static final int SMALLEST_PLAIN = -7;

  private static final int LARGEST_PLAIN = 20;

  private static final RoundingMode[] NEAREST_FIRST = {
    RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN
  };

  private ShortestDecimal() {}

  /**
   * The shortest decimal of a finite double, a valid JSON number: {@code 0.1}, {@code 3}, {@code
   * -0}, {@code 1.5e-9}.
   *
   * @throws IllegalArgumentException if the value is infinite or not a number
   */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(value + " has no decimal notation.");
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return notation(shortest(value));
  }

  /**
   * A number rounded for a reader, half to even: {@code 0.01476}, {@code 3.1e-8}.
   *
   * @param digits the most significant digits, at least 1
   */
  public static String rounded(double value, int digits) {
    if (!Double.isFinite(value) || value == 0) {
      return value == 0 ? "0" : Double.toString(value);
    }
    return notation(new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)));
  }

  /** If n digits are enough, so are n + 1: start from a length that is and go down. */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    int digits = Math.min(MOST_DIGITS, new BigDecimal(Double.toString(value)).precision());
    BigDecimal best = withDigits(exact, digits, value);
    while (best.signum() == 0) {
      best = withDigits(exact, ++digits, value);
    }
    for (digits--; digits > 0; digits--) {
      BigDecimal shorter = withDigits(exact, digits, value);
      if (shorter.signum() == 0) {
        break;
      }
      best = shorter;
    }
    return best;
  }

  /** The nearest decimal of a number of digits that reads back as the value; zero if none does. */
  private static BigDecimal withDigits(BigDecimal exact, int digits, double value) {
    for (RoundingMode rounding : NEAREST_FIRST) {
      BigDecimal candidate = exact.round(new MathContext(digits, rounding));
      if (candidate.doubleValue() == value) {
        return candidate;
      }
    }
    return BigDecimal.ZERO;
  }

  private static String notation(BigDecimal decimal) {
    BigDecimal stripped = decimal.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    if (exponent >= SMALLEST_PLAIN && exponent <= LARGEST_PLAIN) {
      return stripped.toPlainString();
    }
    String digits = stripped.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    String sign = stripped.signum() < 0 ? "-" : "";
    return sign + digits.charAt(0) + fraction + "e" + exponent;
  }
}
