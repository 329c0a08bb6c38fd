package org.attentionflow.cli;

import java.util.Locale;

/** Numbers for people. */
final class Numbers {
  private Numbers() {}

  /** A share from 0 to 1 in two digits; three below a hundredth; 0 is 0. */
  static String share(double share) {
    if (share == 0) {
      return "0";
    }
    if (share < 0.0005) {
      return "<.001";
    }
    return String.format(Locale.ROOT, share < 0.01 ? "%.3f" : "%.2f", share);
  }

  /** A percentage without digits behind the point. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /** Three significant digits, with an exponent where the number is very small or large. */
  static String brief(double number) {
    if (number == 0 || Double.isNaN(number) || Double.isInfinite(number)) {
      return number == 0 ? "0" : Double.toString(number);
    }
    double size = Math.abs(number);
    return size >= 1e-3 && size < 1e5
        ? String.format(Locale.ROOT, "%." + Math.max(0, 2 - exponent(size)) + "f", number)
        : String.format(Locale.ROOT, "%.2e", number).replace("e-0", "e-").replace("e+0", "e");
  }

  /** At most three significant digits and no zeros behind them: for what a user may have set. */
  static String plain(double number) {
    String brief = brief(number);
    return brief.contains(".") ? brief.replaceFirst("\\.?0+(?=e|$)", "") : brief;
  }

  /** A time with its unit. */
  static String seconds(double seconds) {
    return seconds < 1 ? brief(1000 * seconds) + " ms" : brief(seconds) + " s";
  }

  /** A time to wait, such as 2 min 05 s. */
  static String remaining(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }

  private static int exponent(double size) {
    return (int) Math.floor(Math.log10(size));
  }
}
