package org.attentionflow.cli;

import java.io.PrintStream;
import java.util.OptionalDouble;
import org.attentionflow.formats.benchmark.Analysis;
import org.attentionflow.formats.benchmark.Measurement;
import org.attentionflow.formats.benchmark.NamedTimes;
import org.attentionflow.formats.benchmark.Times;

/** The report of a benchmark in a terminal. */
final class BenchTables {
  private BenchTables() {}

  static void print(Analysis analysis, PrintStream out) {
    out.println(analysis.run().machine().line());
    if (!analysis.run().measurements().isEmpty()) {
      measurements(analysis).print(out);
    }
    for (NamedTimes other : analysis.run().others()) {
      out.println(
          (other.name() + " " + other.parameters() + ": " + Numbers.seconds(other.time().median()))
              + (" (" + runs(other.time()) + ")"));
    }
    analysis.growths().forEach(growth -> out.println(line(growth)));
    analysis.crossovers().forEach(crossover -> out.println(line(crossover)));
  }

  private static Table measurements(Analysis analysis) {
    Table measurements =
        new Table(
            "series",
            "tokens",
            "arcs",
            "solver",
            "median",
            "runs",
            "status",
            "speed-up",
            "sweeps",
            "products");
    for (Measurement m : analysis.run().measurements()) {
      measurements.row(
          m.instance().series().toString(),
          Integer.toString(m.instance().tokens()),
          Long.toString(m.instance().arcs()),
          m.solver(),
          Numbers.seconds(m.time().median()),
          runs(m.time()),
          m.status(),
          ratio(analysis.speedUp(m)),
          ratio(analysis.inSweeps(m)),
          ratio(analysis.inProducts(m)));
    }
    return measurements;
  }

  private static String runs(Times time) {
    return time.runs() + (time.isWarm() ? "" : ", no warm-up");
  }

  private static String line(Analysis.Growth growth) {
    return growth.series()
        + ", "
        + growth.solver()
        + ": exponent in arcs "
        + Numbers.brief(growth.fit().exponent())
        + " (95 %: "
        + Numbers.brief(growth.fit().low())
        + " to "
        + Numbers.brief(growth.fit().high())
        + ")";
  }

  private static String line(Analysis.Crossover c) {
    return c.series()
        + ": "
        + c.fasterBelow()
        + " is faster below "
        + Numbers.brief(c.arcs())
        + " arcs, "
        + c.slowerBelow()
        + " above";
  }

  private static String ratio(OptionalDouble ratio) {
    return ratio.isPresent() ? Numbers.plain(ratio.getAsDouble()) : "-";
  }
}
