package org.attentionflow.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Paths of many texts in one table: per barrier parameter the mean over the texts, with the lower
 * decile of the rank agreements. Texts without a path of positive capacity, and those of which a
 * flow was not certified, do not count.
 */
final class MuPathSummary {
  private static final double LOWER = 0.1;
  private static final String NONE = "-";

  private final List<MuPath> paths = new ArrayList<>();
  private int leftOut;

  /** Takes the path of one more text. */
  void add(MuPath path) {
    boolean counts = path.failure().isEmpty() && path.points().get(0).flow().value() > 0;
    if (counts) {
      paths.add(path);
    } else {
      leftOut++;
    }
  }

  /** Prints the table. */
  void print(Console console) {
    if (paths.isEmpty()) {
      console.out().println("no text has a path of positive capacity");
      return;
    }
    Table table =
        new Table(
            "mu",
            "tau to last",
            "lowest 10 %",
            "tau",
            "lowest 10 %",
            "same top",
            "change",
            "value / cut",
            "gap / value",
            "steps",
            "ms");
    int count = paths.get(0).points().size();
    for (int i = 0; i < count; i++) {
      table.row(row(i));
    }
    table.print(console.out());
    double seconds = paths.stream().mapToDouble(MuPath::seconds).average().orElse(0);
    console
        .out()
        .println(
            "means over "
                + paths.size()
                + " texts ("
                + leftOut
                + " left out); "
                + Numbers.seconds(seconds)
                + " for all mu of a text");
  }

  private String[] row(int i) {
    double[] toLast = values(i, MuPath.Point::tauToLast);
    double[] toNext = values(i, MuPath.Point::tau);
    return new String[] {
      Numbers.plain(MuPath.mu(paths.get(0).points().get(i))),
      fixed(mean(toLast)),
      fixed(lower(toLast)),
      fixed(mean(toNext)),
      fixed(lower(toNext)),
      Numbers.percent(sameTop(i)),
      brief(mean(values(i, MuPath.Point::change))),
      fixed(mean(values(i, p -> p.flow().value() / p.flow().certificate().cut().capacity()))),
      brief(mean(values(i, p -> p.flow().certificate().gapBound() / p.flow().value()))),
      String.format(Locale.ROOT, "%.1f", mean(values(i, p -> p.flow().iterations()))),
      brief(mean(values(i, p -> 1000 * p.seconds())))
    };
  }

  /** The share of texts whose top token is that at the smallest barrier parameter. */
  private double sameTop(int i) {
    long same =
        paths.stream().filter(path -> path.points().get(i).top() == last(path).top()).count();
    return (double) same / paths.size();
  }

  private static MuPath.Point last(MuPath path) {
    return path.points().get(path.points().size() - 1);
  }

  private double[] values(int i, ToDoubleFunction<MuPath.Point> value) {
    return paths.stream()
        .mapToDouble(path -> value.applyAsDouble(path.points().get(i)))
        .filter(number -> !Double.isNaN(number))
        .sorted()
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double lower(double[] sorted) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) (LOWER * (sorted.length - 1))];
  }

  private static String fixed(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String brief(double value) {
    return Double.isNaN(value) ? NONE : Numbers.brief(value);
  }
}
