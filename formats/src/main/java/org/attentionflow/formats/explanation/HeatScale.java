package org.attentionflow.formats.explanation;

/**
 * From a score to a colour: blue for scores above zero, orange for those below, light to dark, so
 * that it can be read with any colour vision. The stops are the nine-class "Blues" and "Oranges" of
 * ColorBrewer (Brewer, 2003).
 */
public final class HeatScale {
  private static final int[] LIGHT_STOPS = {
    0xF7FBFF, 0xDEEBF7, 0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B
  };

  private static final int[] DARK_STOPS = {
    0x161B22, 0x12263A, 0x0F3557, 0x124A7A, 0x1C66A3, 0x3E88C4, 0x6BAED6, 0xA6CFE8, 0xDEEBF7
  };

  private static final int[] LIGHT_STOPS_BELOW = {
    0xFFF5EB, 0xFEE6CE, 0xFDD0A2, 0xFDAE6B, 0xFD8D3C, 0xF16913, 0xD94801, 0xA63603, 0x7F2704
  };

  private static final int[] DARK_STOPS_BELOW = {
    0x161B22, 0x2E1F14, 0x4A2A10, 0x6E3A0C, 0x9A4E0E, 0xD0701F, 0xF79B4E, 0xFDC692, 0xFEE6CE
  };

  private static final int BLACK = 0x000000;
  private static final int WHITE = 0xFFFFFF;

  private HeatScale() {}

  /**
   * Scores relative to the largest magnitude.
   *
   * @param scores the scores, not changed
   * @return for each score its share of the largest magnitude, with its sign, from −1 to 1; all 0
   *     if every score is. One that is not a number has intensity 0
   */
  public static double[] intensities(double[] scores) {
    double largest = 0;
    for (double score : scores) {
      largest = Math.abs(score) > largest ? Math.abs(score) : largest;
    }
    double[] intensities = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      boolean isZero = scores[i] == 0 || Double.isNaN(scores[i]);
      intensities[i] = isZero ? 0 : scores[i] / largest;
    }
    return intensities;
  }

  /**
   * The background for an intensity: almost white for 0, dark blue for 1, dark orange for −1.
   *
   * @param intensity from −1 to 1; taken to the nearest bound outside
   * @return the colour as 0xRRGGBB
   */
  public static int rgb(double intensity) {
    return mix(intensity < 0 ? LIGHT_STOPS_BELOW : LIGHT_STOPS, Math.abs(intensity));
  }

  /** The colour, as 0xRRGGBB, of text on {@link #rgb}: its contrast is at least 4.5 to 1. */
  public static int textRgb(double intensity) {
    return textOn(rgb(intensity));
  }

  /**
   * The background for an intensity on a dark page: almost black for 0, light blue for 1, orange
   * for −1.
   */
  static int darkRgb(double intensity) {
    return mix(intensity < 0 ? DARK_STOPS_BELOW : DARK_STOPS, Math.abs(intensity));
  }

  /** The colour of text on {@link #darkRgb}. */
  static int darkTextRgb(double intensity) {
    return textOn(darkRgb(intensity));
  }

  /** A colour as six hexadecimal digits. */
  static String hex(int rgb) {
    return String.format("%06X", rgb);
  }

  /** The contrast ratio of two colours by WCAG 2.1, from 1 to 21. */
  static double contrast(int one, int other) {
    double lighter = Math.max(luminance(one), luminance(other));
    double darker = Math.min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
  }

  /** Relative luminance by WCAG 2.1, from 0 to 1. */
  static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16 & 0xFF)
        + 0.7152 * linear(rgb >> 8 & 0xFF)
        + 0.0722 * linear(rgb & 0xFF);
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static int textOn(int background) {
    return contrast(background, BLACK) >= contrast(background, WHITE) ? BLACK : WHITE;
  }

  private static int mix(int[] stops, double intensity) {
    double at = intensity > 0 ? Math.min(intensity, 1) * (stops.length - 1) : 0;
    int from = Math.min((int) at, stops.length - 2);
    double share = at - from;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int low = stops[from] >> shift & 0xFF;
      int high = stops[from + 1] >> shift & 0xFF;
      rgb |= (int) Math.round(low + share * (high - low)) << shift;
    }
    return rgb;
  }
}
