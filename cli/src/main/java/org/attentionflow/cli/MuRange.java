package org.attentionflow.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.BarrierParameter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The barrier parameters of a path. */
final class MuRange {
  /** So that 1e-3 between 1e-1 and 1e-6 is 1e-3 and not the number beside it. */
  private static final MathContext DIGITS = new MathContext(12);

  private static final int MOST_POINTS = 1000;

  @Option(
      names = "--from",
      paramLabel = "X",
      description = "largest mu, relative to the largest capacity (1e-1)")
  double from = 1e-1;

  @Option(names = "--to", paramLabel = "X", description = "smallest mu (1e-6)")
  double to = 1e-6;

  @Option(names = "--points", paramLabel = "N", description = "how many, evenly by ratio (11)")
  int points = 11;

  @Option(
      names = "--mus",
      paramLabel = "X,...",
      split = ",",
      description = "these and no others, instead of --from, --to and --points")
  double @Nullable [] mus;

  /**
   * The barrier parameters, falling, each once.
   *
   * @throws UnusableInputException if one is not positive and finite, or there is no range
   */
  double[] falling() {
    double[] all = mus == null ? range() : mus.clone();
    // Checks each value.
    Arrays.stream(all).forEach(BarrierParameter::relative);
    double[] rising = Arrays.stream(all).sorted().distinct().toArray();
    return IntStream.range(0, rising.length)
        .mapToDouble(i -> rising[rising.length - 1 - i])
        .toArray();
  }

  private double[] range() {
    BarrierParameter.relative(from);
    BarrierParameter.relative(to);
    if (points < 1 || points > MOST_POINTS || (points > 1 && !(from > to))) {
      throw new UnusableInputException(
          "--from "
              + from
              + " --to "
              + to
              + " --points "
              + points
              + ": expected 1 to "
              + MOST_POINTS
              + " points from the larger to the smaller mu.");
    }
    double[] range = new double[points];
    for (int i = 0; i < points; i++) {
      double part = points == 1 ? 0 : (double) i / (points - 1);
      double mu = from * StrictMath.pow(to / from, part);
      range[i] = new BigDecimal(mu).round(DIGITS).doubleValue();
    }
    return range;
  }
}
