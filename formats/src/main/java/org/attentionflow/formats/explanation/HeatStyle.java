package org.attentionflow.formats.explanation;

import java.util.function.DoubleUnaryOperator;

/**
 * The heat map as classes of a style sheet, {@code h0} to {@code h40} for scores above zero, {@code
 * g1} to {@code g40} below, on light and on dark pages: without style attributes the content
 * security policy can name the sheet by its hash and forbid everything else.
 */
public final class HeatStyle {
  /** The largest number of a class. */
  static final int STEPS = 40;

  private HeatStyle() {}

  /** The rules of all classes. */
  public static String sheet() {
    return rules(HeatScale::rgb, HeatScale::textRgb)
        + "@media (prefers-color-scheme:dark){\n"
        + rules(HeatScale::darkRgb, HeatScale::darkTextRgb)
        + "}\n";
  }

  /** The class of an intensity from −1 to 1. */
  public static String heatClass(double intensity) {
    long step = Math.round(STEPS * Math.min(1, Math.abs(intensity)));
    return (intensity < 0 && step > 0 ? "g" : "h") + step;
  }

  private static String rules(DoubleUnaryOperator background, DoubleUnaryOperator text) {
    StringBuilder rules = new StringBuilder();
    for (int step = -STEPS; step <= STEPS; step++) {
      double intensity = (double) step / STEPS;
      rules
          .append("." + heatClass(intensity) + "{background:#")
          .append(HeatScale.hex((int) background.applyAsDouble(intensity)))
          .append(";color:#")
          .append(HeatScale.hex((int) text.applyAsDouble(intensity)))
          .append("}\n");
    }
    return rules.toString();
  }
}
