package org.attentionflow.formats.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Time over arcs of one series, both axes logarithmic, one line per solver. Lines differ in colour,
 * dashes and marks, and are named at their ends: nothing is said by colour alone.
 */
final class Plot {
  static final int WIDTH = 790;
  static final int HEIGHT = 420;
  private static final int LEFT = 78;
  private static final int RIGHT = 590;
  private static final int TOP = 44;
  private static final int BOTTOM = 362;

  /** The least distance of two labels. */
  private static final int LABEL_HEIGHT = 16;

  /**
   * Okabe and Ito's colours, of those with a contrast of 3 and more on white, a dark yellow and a
   * violet; then again.
   */
  private static final List<String> COLORS =
      List.of("#0072b2", "#b34700", "#007a5a", "#a0437a", "#5b5b5b", "#806600", "#4b3fae");

  private static final List<String> DASHES =
      List.of("none", "8 4", "2 4", "10 3 2 3", "14 4", "5 2", "1 3 6 3");

  /** The style; classes c0 to c6 are the solvers. */
  static final String STYLE = style();

  private final Instance.Series series;
  private final List<List<Measurement>> curves;
  private final List<String> solvers;
  private final LogAxis x;
  private final LogAxis y;

  private record Label(int solver, double wanted) {}

  private Plot(Instance.Series series, BenchmarkRun run) {
    this.series = series;
    solvers = run.solvers();
    curves = solvers.stream().map(solver -> run.curve(series, solver)).toList();
    x = LogAxis.around(all().mapToDouble(Plot::arcs).toArray(), LEFT + 10, RIGHT - 10);
    y =
        LogAxis.around(
            all()
                .flatMap(m -> Stream.of(m.time().least(), m.time().most()))
                .mapToDouble(t -> t)
                .toArray(),
            BOTTOM,
            TOP);
  }

  private Stream<Measurement> all() {
    return curves.stream().flatMap(List::stream);
  }

  private static String style() {
    StringBuilder style =
        new StringBuilder(
            ".plot{font:13px system-ui,sans-serif}.plot text{fill:#1b2430}"
                + ".plot .title{font-weight:600;font-size:15px}.plot .grid{stroke:#d5dce4}"
                + ".plot .curve{fill:none;stroke-width:2}.plot .ground{fill:#ffffff}");
    for (int i = 0; i < COLORS.size(); i++) {
      style
          .append(".plot .c" + i + "{stroke:" + COLORS.get(i) + ";stroke-dasharray:")
          .append(DASHES.get(i) + "}.plot .m" + i + "{fill:" + COLORS.get(i) + "}")
          .append(".plot text.t" + i + "{fill:" + COLORS.get(i) + ";font-weight:600}");
    }
    return style.toString();
  }

  /** Whether a series has anything to draw. */
  static boolean isDrawable(Instance.Series series, BenchmarkRun run) {
    return run.solvers().stream().anyMatch(solver -> !run.curve(series, solver).isEmpty());
  }

  /** Writes the plot as a group of SVG elements. */
  static void write(Instance.Series series, BenchmarkRun run, Appendable out) throws IOException {
    new Plot(series, run).write(out);
  }

  private void write(Appendable out) throws IOException {
    out.append("<rect class=\"ground\" width=\"" + WIDTH + "\" height=\"" + HEIGHT + "\"/>\n");
    text(out, LEFT, 24, "start", "title", "Time of one solve: " + series);
    for (double mark : x.marks()) {
      line(out, x.at(mark), TOP, x.at(mark), BOTTOM, "grid");
      text(out, x.at(mark), BOTTOM + 18, "middle", "", count(mark));
    }
    for (double mark : y.marks()) {
      line(out, LEFT, y.at(mark), RIGHT, y.at(mark), "grid");
      text(out, LEFT - 8, y.at(mark) + 4, "end", "", Text.seconds(mark));
    }
    text(out, (LEFT + RIGHT) / 2.0, BOTTOM + 42, "middle", "", "arcs");
    for (int solver = 0; solver < curves.size(); solver++) {
      writeCurve(solver, out);
    }
    writeLabels(out);
  }

  private void writeCurve(int solver, Appendable out) throws IOException {
    int look = solver % COLORS.size();
    StringBuilder points = new StringBuilder();
    for (Measurement m : curves.get(solver)) {
      points.append(points.length() == 0 ? "" : " ").append(xOf(m)).append(',').append(yOf(m));
    }
    if (points.length() == 0) {
      return;
    }
    out.append("<polyline class=\"curve c" + look + "\" points=\"" + points + "\"/>\n");
    for (Measurement m : curves.get(solver)) {
      out.append("<g><title>" + Text.escape(solvers.get(solver)) + ", ")
          .append(m.instance().tokens() + " tokens, " + m.instance().arcs() + " arcs: ")
          .append(Text.seconds(m.time().median()) + "</title>");
      writeMark(look, m, out);
      out.append("</g>\n");
    }
  }

  /** A circle, square, triangle, diamond, cross, triangle upside down or bar, by the look. */
  private void writeMark(int look, Measurement m, Appendable out) throws IOException {
    String shape =
        switch (look) {
          case 0 -> "M-4,0A4,4 0 1 0 4,0A4,4 0 1 0 -4,0Z";
          case 1 -> "M-4,-4H4V4H-4Z";
          case 2 -> "M0,-5L5,4H-5Z";
          case 3 -> "M0,-5.5L5.5,0L0,5.5L-5.5,0Z";
          case 4 -> "M-5,-2H-2V-5H2V-2H5V2H2V5H-2V2H-5Z";
          case 5 -> "M0,5L5,-4H-5Z";
          default -> "M-2.5,-6H2.5V6H-2.5Z";
        };
    out.append("<path class=\"m" + look + "\" transform=\"translate(")
        .append(xOf(m) + " " + yOf(m) + ")\" d=\"" + shape + "\"/>");
  }

  /** Names at the ends of the lines, moved apart where they would overlap. */
  private void writeLabels(Appendable out) throws IOException {
    List<Label> labels = new ArrayList<>();
    for (int solver = 0; solver < curves.size(); solver++) {
      List<Measurement> curve = curves.get(solver);
      if (!curve.isEmpty()) {
        labels.add(new Label(solver, y.at(curve.get(curve.size() - 1).time().median())));
      }
    }
    labels.sort(Comparator.comparingDouble(Label::wanted));
    double next = TOP;
    for (Label label : labels) {
      double at = Math.max(next, label.wanted());
      List<Measurement> curve = curves.get(label.solver());
      Measurement last = curve.get(curve.size() - 1);
      double end = x.at(arcs(last));
      int look = label.solver() % COLORS.size();
      line(out, end + 6, label.wanted(), RIGHT + 6, at, "grid");
      text(out, RIGHT + 10, at + 4, "start", "t" + look, solvers.get(label.solver()));
      next = at + LABEL_HEIGHT;
    }
  }

  private static double arcs(Measurement m) {
    return (double) m.instance().arcs();
  }

  private String xOf(Measurement m) {
    return Text.length(x.at(arcs(m)));
  }

  private String yOf(Measurement m) {
    return Text.length(y.at(m.time().median()));
  }

  private static String count(double mark) {
    if (mark >= 1e6) {
      return Text.length(mark / 1e6) + " M";
    }
    return mark >= 1e3 ? Text.length(mark / 1e3) + " k" : Text.length(mark);
  }

  private static void line(Appendable out, double x1, double y1, double x2, double y2, String style)
      throws IOException {
    out.append("<line class=\"" + style + "\" x1=\"" + Text.length(x1) + "\" y1=\"")
        .append(Text.length(y1) + "\" x2=\"" + Text.length(x2) + "\" y2=\"" + Text.length(y2))
        .append("\"/>\n");
  }

  private static void text(
      Appendable out, double x, double y, String anchor, String style, String text)
      throws IOException {
    out.append("<text" + (style.isEmpty() ? "" : " class=\"" + style + "\"") + " x=\"")
        .append(Text.length(x) + "\" y=\"" + Text.length(y) + "\" text-anchor=\"" + anchor)
        .append("\">" + Text.escape(text) + "</text>\n");
  }
}
