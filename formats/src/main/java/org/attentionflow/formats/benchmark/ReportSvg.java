package org.attentionflow.formats.benchmark;

import java.io.IOException;
import java.util.List;

/** The plots of all series, one below the other. */
final class ReportSvg {
  private static final int FOOT = 22;
  private static final String OPEN = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\"";

  private ReportSvg() {}

  static void write(Analysis analysis, Appendable out) throws IOException {
    BenchmarkRun run = analysis.run();
    List<Instance.Series> series =
        run.series().stream().filter(s -> Plot.isDrawable(s, run)).toList();
    int height = series.size() * Plot.HEIGHT + FOOT;
    out.append(OPEN + " role=\"img\" viewBox=\"0 0 " + Plot.WIDTH + " " + height + "\" width=\"")
        .append(Plot.WIDTH + "\" height=\"" + height + "\">\n")
        .append("<title>Time of flow solvers over arcs</title>\n<desc>")
        .append(Text.escape(run.machine().line()) + "</desc>\n<style>" + Plot.STYLE + "</style>\n")
        .append("<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
    for (int i = 0; i < series.size(); i++) {
      out.append("<g transform=\"translate(0 " + i * Plot.HEIGHT + ")\">\n");
      Plot.write(series.get(i), run, out);
      out.append("</g>\n");
    }
    out.append("<text x=\"10\" y=\"" + (height - 7) + "\" font-size=\"9\">")
        .append(Text.escape(run.machine().line()) + "</text>\n</svg>\n");
  }

  /** One plot as an element of a page that holds the style. */
  static void writeInline(Instance.Series series, BenchmarkRun run, Appendable out)
      throws IOException {
    out.append(OPEN + " role=\"img\" viewBox=\"0 0 " + Plot.WIDTH + " " + Plot.HEIGHT + "\">\n")
        .append("<title>Time over arcs: " + Text.escape(series.toString()) + "</title>\n");
    Plot.write(series, run, out);
    out.append("</svg>\n");
  }
}
