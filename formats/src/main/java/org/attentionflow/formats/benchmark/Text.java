package org.attentionflow.formats.benchmark;

import java.util.Locale;

/** Numbers and text for people, in markup. */
final class Text {
  private Text() {}

  /** Text for the content of an element or a quoted attribute. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Three significant digits. */
  static String brief(double number) {
    if (Double.isNaN(number)) {
      return "–";
    }
    double size = Math.abs(number);
    if (size == 0 || (size >= 1e-3 && size < 1e6)) {
      int digits = size == 0 ? 0 : Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
      return String.format(Locale.ROOT, "%." + digits + "f", number);
    }
    return String.format(Locale.ROOT, "%.1e", number);
  }

  /** A time with its unit. */
  static String seconds(double seconds) {
    if (seconds >= 1) {
      return brief(seconds) + " s";
    }
    return seconds >= 1e-3 ? brief(seconds * 1e3) + " ms" : brief(seconds * 1e6) + " µs";
  }

  /** A count of bytes with its unit. */
  static String bytes(double bytes) {
    if (Double.isNaN(bytes)) {
      return "–";
    }
    return bytes >= 1e6 ? brief(bytes / (1 << 20)) + " MiB" : brief(bytes / (1 << 10)) + " KiB";
  }

  /** A length of the picture: two digits behind the point at most. */
  static String length(double length) {
    String digits = String.format(Locale.ROOT, "%.2f", length);
    return digits.replaceFirst("\\.?0+$", "");
  }
}
