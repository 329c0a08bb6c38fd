package org.attentionflow.formats.network;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.attentionflow.failure.UnusableInputException;

/**
 * The capacities of the terminal arcs as a file gives them: not at all, as one number, or one by
 * one.
 *
 * @param uniform one number for all; without it the arrays count, and without those all are open
 * @param top the arcs at the top layer, one per token; empty unless they are given one by one
 * @param tokens the arcs at the input tokens, likewise
 */
record Terminals(OptionalDouble uniform, double[] top, double[] tokens) {
  static Terminals open() {
    return new Terminals(OptionalDouble.empty(), new double[0], new double[0]);
  }

  static Terminals uniform(double capacity) {
    return new Terminals(OptionalDouble.of(capacity), new double[0], new double[0]);
  }

  static Terminals each(double[] top, double[] tokens) {
    return new Terminals(OptionalDouble.empty(), top, tokens);
  }

  /** The capacities at the top layer, or with {@code open} where nothing is given. */
  double[] top(String file, int count, double open) {
    return resolve(file, "top", top, count, open);
  }

  /** The capacities at the input tokens, or with {@code open} where nothing is given. */
  double[] tokens(String file, int count, double open) {
    return resolve(file, "tokens", tokens, count, open);
  }

  private double[] resolve(String file, String side, double[] each, int count, double open) {
    if (top.length > 0 || tokens.length > 0) {
      if (each.length != count) {
        throw new UnusableInputException(
            file
                + ": terminalCapacity."
                + side
                + " has "
                + each.length
                + " numbers for "
                + count
                + " tokens.");
      }
      return each;
    }
    double[] all = new double[count];
    Arrays.fill(all, uniform.orElse(open));
    return all;
  }
}
