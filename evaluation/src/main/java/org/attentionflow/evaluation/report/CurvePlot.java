package org.attentionflow.evaluation.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * Mean curves of one metric, one line per row. Lines differ in colour, dashes and order of labels,
 * so that nothing is said by colour alone.
 */
final class CurvePlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 364;
  private static final int LEFT = 76;
  private static final int RIGHT = 560;
  private static final int TOP = 16;
  private static final int BOTTOM = 316;
  private static final int LABEL = 15;

  /** Curves of more points are drawn without a dot on each. */
  private static final int MOST_DOTS = 12;

  private static final List<String> COLORS =
      List.of("#0072b2", "#b34700", "#007a5a", "#a0437a", "#5b5b5b", "#7a5a00");
  private static final List<String> DASHES = List.of("none", "7 4", "2 3", "9 3 2 3");

  private static final List<String> DARK_COLORS =
      List.of("#6bb8f0", "#ff9d5c", "#4fd1a5", "#e08ac0", "#b4b9bf", "#d9b84a");

  private final List<SummaryCurve> curves;
  private final CurveAxes axes;
  private final StringBuilder svg = new StringBuilder();
  private double leastX = Double.POSITIVE_INFINITY;
  private double mostX = Double.NEGATIVE_INFINITY;
  private double leastY = 0;
  private double mostY = 0;

  private CurvePlot(List<SummaryCurve> curves, CurveAxes axes) {
    this.curves = curves;
    this.axes = axes;
    for (SummaryCurve curve : curves) {
      for (int i = 0; i < curve.x().length; i++) {
        if (!Double.isNaN(curve.y()[i])) {
          leastX = Math.min(leastX, curve.x()[i]);
          mostX = Math.max(mostX, curve.x()[i]);
          leastY = Math.min(leastY, curve.y()[i]);
          mostY = Math.max(mostY, curve.y()[i]);
        }
      }
    }
  }

  /** The style of all plots; colours of the page are its variables. */
  static String style() {
    StringBuilder style =
        new StringBuilder(
            ".plot{font:12px system-ui,sans-serif;min-width:36rem}.plot text{fill:var(--ink)}"
                + ".plot .grid{stroke:var(--line)}.plot .curve{fill:none;stroke-width:2}");
    StringBuilder dark = new StringBuilder("@media (prefers-color-scheme:dark){");
    for (int i = 0; i < COLORS.size(); i++) {
      style.append(".plot .c" + i + "{stroke:" + COLORS.get(i) + "}");
      style.append(".plot .p" + i + "{fill:" + COLORS.get(i) + "}");
      dark.append(".plot .c" + i + "{stroke:" + DARK_COLORS.get(i) + "}");
      dark.append(".plot .p" + i + "{fill:" + DARK_COLORS.get(i) + "}");
    }
    for (int i = 0; i < DASHES.size(); i++) {
      style.append(".plot .d" + i + "{stroke-dasharray:" + DASHES.get(i) + "}");
    }
    return style.toString() + dark + "}\n";
  }

  /** The plot as SVG; empty if there is nothing to draw. */
  static String of(List<SummaryCurve> curves, String title, CurveAxes axes) {
    CurvePlot plot = new CurvePlot(curves, axes);
    return plot.mostX > plot.leastX && plot.mostY > plot.leastY ? plot.draw(title) : "";
  }

  private String draw(String title) {
    int height = Math.max(HEIGHT, TOP + 20 + curves.size() * LABEL);
    svg.append("<svg class=\"plot\" role=\"img\" viewBox=\"0 0 " + WIDTH + " " + height + "\">\n");
    svg.append("<title>" + HtmlText.escape(title) + "</title>\n");
    drawAxes();
    List<SummaryCurve> byEnd =
        curves.stream().sorted((a, b) -> Double.compare(last(b), last(a))).toList();
    for (int i = 0; i < byEnd.size(); i++) {
      curve(byEnd.get(i), curves.indexOf(byEnd.get(i)), TOP + 10 + i * LABEL);
    }
    return svg.append("</svg>\n").toString();
  }

  private void drawAxes() {
    Ticks rows = Ticks.around(leastY, mostY);
    BigDecimal[] y = rows.values();
    leastY = y[0].doubleValue();
    mostY = y[y.length - 1].doubleValue();
    for (BigDecimal tick : y) {
      double at = atY(tick.doubleValue());
      line(LEFT, at, RIGHT, at);
      text(LEFT - 6, at + 4, "end", tick.toPlainString());
    }
    for (BigDecimal tick : Ticks.inside(leastX, mostX).values()) {
      double at = atX(tick.doubleValue());
      line(at, TOP, at, BOTTOM);
      text(at, BOTTOM + 18, "middle", label(tick));
    }
    text((LEFT + RIGHT) / 2.0, BOTTOM + 38, "middle", axes.x());
    double middle = (TOP + BOTTOM) / 2.0;
    svg.append("<text transform=\"translate(16 " + number(middle) + ") rotate(-90)\"");
    svg.append(" text-anchor=\"middle\">" + HtmlText.escape(axes.y()) + "</text>\n");
  }

  private String label(BigDecimal tick) {
    return axes.inPercent()
        ? tick.movePointRight(2).stripTrailingZeros().toPlainString() + " %"
        : tick.toPlainString();
  }

  private static double last(SummaryCurve curve) {
    for (int i = curve.y().length - 1; i >= 0; i--) {
      if (!Double.isNaN(curve.y()[i])) {
        return curve.y()[i];
      }
    }
    return Double.NEGATIVE_INFINITY;
  }

  private void curve(SummaryCurve curve, int index, double labelY) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < curve.x().length; i++) {
      if (!Double.isNaN(curve.y()[i])) {
        points.append(number(atX(curve.x()[i]))).append(',').append(number(atY(curve.y()[i])));
        points.append(' ');
      }
    }
    String look = "c" + index % COLORS.size() + " d" + index / COLORS.size() % DASHES.size();
    svg.append("<polyline class=\"curve " + look + "\" points=\"" + points.toString().strip());
    svg.append("\"><title>" + HtmlText.escape(curve.row()) + "</title></polyline>\n");
    dots(curve, index % COLORS.size());
    svg.append(
        "<line class=\"curve " + look + "\" x1=\"" + (RIGHT + 8) + "\" x2=\"" + (RIGHT + 30));
    svg.append("\" y1=\"" + number(labelY) + "\" y2=\"" + number(labelY) + "\"/>\n");
    text(RIGHT + 34, labelY + 4, "start", curve.row());
  }

  private void dots(SummaryCurve curve, int color) {
    for (int i = 0; i < curve.x().length && curve.x().length <= MOST_DOTS; i++) {
      if (!Double.isNaN(curve.y()[i])) {
        svg.append("<circle class=\"p" + color + "\" r=\"3\" cx=\"" + number(atX(curve.x()[i])));
        svg.append("\" cy=\"" + number(atY(curve.y()[i])) + "\"/>\n");
      }
    }
  }

  private double atX(double x) {
    return LEFT + (RIGHT - LEFT) * (x - leastX) / (mostX - leastX);
  }

  private double atY(double y) {
    return BOTTOM - (BOTTOM - TOP) * (y - leastY) / (mostY - leastY);
  }

  private void line(double x1, double y1, double x2, double y2) {
    svg.append("<line class=\"grid\" x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"");
    svg.append(number(x2) + "\" y2=\"" + number(y2) + "\"/>\n");
  }

  private void text(double x, double y, String anchor, String text) {
    svg.append("<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor);
    svg.append("\">" + HtmlText.escape(text) + "</text>\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
