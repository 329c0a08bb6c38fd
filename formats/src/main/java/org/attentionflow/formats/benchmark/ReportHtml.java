package org.attentionflow.formats.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.attentionflow.formats.explanation.PagePolicy;

/** A report as one page that opens without a network and runs no script. */
final class ReportHtml {
  private static final String SHEET =
      """
      body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:76rem;background:#fff;color:#1b2430;
      font:16px/1.5 system-ui,sans-serif}
      h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}
      .soft{color:#55606e;font-size:.9rem}.wide{overflow-x:auto}
      table{border-collapse:collapse;font-size:.9rem}
      caption{text-align:left;color:#55606e;padding:.3rem 0}
      th,td{text-align:left;padding:.25rem .7rem;border-bottom:1px solid #d5dce4}
      thead th{background:#f2f5f8}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      svg{display:block;max-width:100%;height:auto}
      """
          + Plot.STYLE;

  private final Analysis analysis;
  private final BenchmarkRun run;
  private final Appendable out;

  private ReportHtml(Analysis analysis, Appendable out) {
    this.analysis = analysis;
    this.run = analysis.run();
    this.out = out;
  }

  static void write(Analysis analysis, Appendable out) throws IOException {
    new ReportHtml(analysis, out).write();
  }

  private void write() throws IOException {
    out.append("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n")
        .append("<head>\n<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\"")
        .append(" content=\"" + PagePolicy.of(SHEET) + "\"/>\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
        .append("<title>Flow solvers: benchmark</title>\n<style>" + SHEET + "</style>\n</head>\n")
        .append("<body>\n<main>\n<h1>Flow solvers: benchmark</h1>\n");
    paragraph(run.machine().line());
    paragraph("Times: " + run.method() + ". Problem: " + run.problem() + ".");
    paragraph("Memory: " + run.memory() + ".");
    for (Instance.Series series : run.series()) {
      if (Plot.isDrawable(series, run)) {
        ReportSvg.writeInline(series, run, out);
      }
    }
    writeGrowths();
    writeCrossovers();
    writeMeasurements();
    writeOthers();
    writeSkipped();
    out.append("</main>\n</body>\n</html>\n");
  }

  private void writeGrowths() throws IOException {
    heading("Growth with the arcs");
    List<Analysis.Growth> growths = analysis.growths();
    paragraph(
        "Seconds = factor · arcs^exponent, least squares on logarithms over sizes from "
            + analysis.fitFromTokens()
            + " tokens on; the interval is Student's t.");
    if (growths.isEmpty()) {
      paragraph("No solver has three such sizes: nothing is fitted.");
      return;
    }
    open("", "Series", "Solver", "n:Exponent", "n:95 % interval", "n:Sizes");
    for (Analysis.Growth growth : growths) {
      PowerFit fit = growth.fit();
      row(
          growth.series().toString(),
          growth.solver(),
          "n:" + Text.brief(fit.exponent()),
          "n:" + Text.brief(fit.low()) + " … " + Text.brief(fit.high()),
          "n:" + fit.points());
    }
    close();
  }

  private void writeCrossovers() throws IOException {
    heading("Crossovers");
    List<Analysis.Crossover> crossovers = analysis.crossovers();
    if (crossovers.isEmpty()) {
      paragraph("No two solvers change places between the sizes measured.");
      return;
    }
    open("", "Series", "n:Arcs", "Faster below", "Faster above");
    for (Analysis.Crossover c : crossovers) {
      row(c.series().toString(), "n:" + Text.brief(c.arcs()), c.fasterBelow(), c.slowerBelow());
    }
    close();
  }

  private void writeMeasurements() throws IOException {
    heading("Measurements");
    open(
        "Speed-up is over "
            + analysis.baseline()
            + ". Sweeps and products are one closed-form sweep over all arcs and one product with"
            + " the Laplacian, of the same size, on one thread, in the same results.",
        "Series",
        "n:Tokens",
        "n:Arcs",
        "Solver",
        "n:Median",
        "n:Least … most",
        "n:Runs",
        "n:Iterations",
        "Status",
        "n:Imbalance",
        "n:Memory",
        "n:Speed-up",
        "n:Sweeps",
        "n:Products");
    for (Measurement m : run.measurements()) {
      row(
          m.instance().series().toString(),
          "n:" + m.instance().tokens(),
          "n:" + m.instance().arcs(),
          m.solver(),
          "n:" + Text.seconds(m.time().median()),
          spread(m.time()),
          runs(m.time()),
          "n:" + m.iterations(),
          m.status(),
          "n:" + Text.brief(m.conservationResidual()),
          "n:" + Text.bytes(m.bytes()),
          "n:" + ratio(analysis.speedUp(m)),
          "n:" + ratio(analysis.inSweeps(m)),
          "n:" + ratio(analysis.inProducts(m)));
    }
    close();
    if (!run.measurements().stream().allMatch(m -> m.time().isWarm())) {
      boolean hasMemory = run.measurements().stream().noneMatch(m -> Double.isNaN(m.bytes()));
      paragraph(
          "Without a warm-up the compiler is still at work in the runs measured"
              + (hasMemory
                  ? "."
                  : ", and the memory is left out: JMH would count the set-up too."));
    }
  }

  private void writeOthers() throws IOException {
    if (run.others().isEmpty()) {
      return;
    }
    heading("Kernels, batches and paths");
    open("", "Benchmark", "Parameters", "n:Median", "n:Least … most", "n:Runs");
    for (NamedTimes other : run.others()) {
      Times time = other.time();
      row(
          other.name(),
          String.join(
              ", ",
              other.parameters().entrySet().stream()
                  .map(e -> e.getKey() + " " + e.getValue())
                  .toList()),
          "n:" + Text.seconds(time.median()),
          spread(time),
          runs(time));
    }
    close();
  }

  private void writeSkipped() throws IOException {
    if (run.skipped().isEmpty()) {
      return;
    }
    heading("Not measured");
    out.append("<ul>\n");
    for (String line : run.skipped()) {
      out.append("<li>" + Text.escape(line) + "</li>\n");
    }
    out.append("</ul>\n");
  }

  private static String spread(Times time) {
    return "n:" + Text.seconds(time.least()) + " … " + Text.seconds(time.most());
  }

  private static String runs(Times time) {
    return "n:" + time.runs() + (time.isWarm() ? "" : ", no warm-up");
  }

  private static String ratio(OptionalDouble ratio) {
    return ratio.isPresent() ? Text.brief(ratio.getAsDouble()) : "–";
  }

  private void heading(String text) throws IOException {
    out.append("<h2>" + text + "</h2>\n");
  }

  private void paragraph(String text) throws IOException {
    out.append("<p class=\"soft\">" + Text.escape(text) + "</p>\n");
  }

  /** Begins a table; a column or cell that begins with {@code n:} is a number. */
  private void open(String caption, String... columns) throws IOException {
    out.append("<div class=\"wide\"><table>\n");
    if (!caption.isEmpty()) {
      out.append("<caption>" + Text.escape(caption) + "</caption>\n");
    }
    out.append("<thead><tr>");
    for (String column : columns) {
      cell("th scope=\"col\"", "th", column);
    }
    out.append("</tr></thead>\n<tbody>\n");
  }

  private void row(String... cells) throws IOException {
    out.append("<tr>");
    for (String cell : cells) {
      cell("td", "td", cell);
    }
    out.append("</tr>\n");
  }

  private void cell(String tag, String end, String text) throws IOException {
    boolean isNumber = text.startsWith("n:");
    out.append("<" + tag + (isNumber ? " class=\"n\"" : "") + ">")
        .append(Text.escape(isNumber ? text.substring(2) : text) + "</" + end + ">");
  }

  private void close() throws IOException {
    out.append("</tbody>\n</table></div>\n");
  }
}
