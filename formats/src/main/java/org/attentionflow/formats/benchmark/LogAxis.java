package org.attentionflow.formats.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis.
 *
 * @param least the smallest value, a power of ten times 1, 2 or 5
 * @param most the largest
 * @param from where the smallest value is drawn
 * @param to where the largest value is drawn
 */
record LogAxis(double least, double most, double from, double to) {
  private static final double[] STEPS = {1, 2, 5};

  /** A decade of this length has room for three marks. */
  private static final double MINOR_ROOM = 130;

  /** Holds every value, between marks. */
  static LogAxis around(double[] values, double from, double to) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (double value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    List<Double> marks = marks(least / 10, most * 10);
    double low = least;
    double high = most;
    for (double mark : marks) {
      low = mark <= least ? mark : low;
    }
    for (int i = marks.size() - 1; i >= 0; i--) {
      high = marks.get(i) >= most && marks.get(i) > low ? marks.get(i) : high;
    }
    return new LogAxis(low, high, from, to);
  }

  /** Where a value is drawn. */
  double at(double value) {
    return from + (to - from) * Math.log(value / least) / Math.log(most / least);
  }

  /** The marks: every power of ten, and twice and five times it where there is room. */
  List<Double> marks() {
    List<Double> all = marks(least, most);
    double decades = Math.log10(most / least);
    double room = Math.abs(to - from) / decades;
    return all.stream()
        .filter(mark -> room > MINOR_ROOM || isPowerOfTen(mark) || mark == least || mark == most)
        .toList();
  }

  private static boolean isPowerOfTen(double mark) {
    double log = Math.log10(mark);
    return Math.abs(log - Math.rint(log)) < 1e-9;
  }

  private static List<Double> marks(double low, double high) {
    List<Double> marks = new ArrayList<>();
    int last = (int) Math.ceil(Math.log10(high));
    for (int power = (int) Math.floor(Math.log10(low)); power <= last; power++) {
      for (double step : STEPS) {
        // Powers of ten as decimals are rounded once, products of them twice.
        double mark = Double.parseDouble((int) step + "e" + power);
        if (mark >= low * (1 - 1e-12) && mark <= high * (1 + 1e-12)) {
          marks.add(mark);
        }
      }
    }
    return marks;
  }
}
