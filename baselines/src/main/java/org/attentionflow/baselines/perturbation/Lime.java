package org.attentionflow.baselines.perturbation;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.baselines.Profile;
import org.attentionflow.baselines.Scores;

/**
 * LIME for texts: ridge regression of y on which tokens are present, near the whole text. The first
 * sample is the whole text; each other removes a number of tokens drawn evenly from 1 to n, and
 * which ones evenly too. A sample's weight falls with its distance δ = 100 (1 − cos(z, 1)) as
 * √exp(−δ²/width²). All tokens are features; the intercept is not penalised.
 */
public final class Lime extends CoalitionMethod {
  /** Distances are taken in hundredths, as the kernel width is. */
  private static final double DISTANCE_UNIT = 100;

  /** Makes the method. */
  public Lime() {
    super(
        Profile.of(MethodGroup.PERTURBATION, "lime")
            .summary("LIME: a linear model of the target near the text, by ridge regression.")
            .formula(
                "s = argmin sum over z of k(z) (y(z) - c - s . z)^2 + ridge |s|^2,"
                    + " k(z) = sqrt(exp(-(100 (1 - cos(z, 1)) / width)^2))")
            .source("Ribeiro, Singh and Guestrin, Why Should I Trust You?, KDD 2016")
            .options(
                Removal.OPTION,
                new MethodOption("samples", "1000", "inputs drawn, the text itself included"),
                new MethodOption("seed", "0", "seed of the samples, joined with the text"),
                new MethodOption("width", "25", "width of the kernel, in hundredths of a cosine"),
                new MethodOption("ridge", "1", "weight of the penalty on the squared scores")));
  }

  @Override
  long seed(MethodOptions options) {
    return options.seed("seed");
  }

  @Override
  Rule rule(MethodOptions options) {
    int samples = options.count("samples", 2);
    double width = options.number("width", Double.MIN_VALUE);
    double ridge = options.number("ridge", 0);
    return (game, random) ->
        Scores.of(
            game.perToken(
                game.count() == 0
                    ? new double[0]
                    : coefficients(game, samples, width, ridge, random)));
  }

  private static double[] coefficients(
      Coalitions game, int samples, double width, double ridge, SplittableRandom random) {
    int n = game.count();
    boolean[][] drawn = new boolean[samples][];
    double[] values = new double[samples];
    double[] weights = new double[samples];
    for (int r = 0; r < samples; r++) {
      int removed = r == 0 ? 0 : 1 + random.nextInt(n);
      drawn[r] = Samples.subset(n, n - removed, random);
      values[r] = game.value(drawn[r]);
      weights[r] = weight(n, n - removed, width);
    }
    return fit(drawn, values, weights, ridge);
  }

  /** cos(z, 1) of a vector with some ones out of n is √(ones/n); of the zero vector it is 0. */
  private static double weight(int n, int ones, double width) {
    double distance = DISTANCE_UNIT * (1 - Math.sqrt((double) ones / n));
    return Math.sqrt(StrictMath.exp(-(distance * distance) / (width * width)));
  }

  /** Centring by weighted means takes the place of the intercept. */
  private static double[] fit(boolean[][] drawn, double[] values, double[] weights, double ridge) {
    int n = drawn[0].length;
    double[] mean = new double[n];
    double valueMean = 0;
    double total = Arrays.stream(weights).sum();
    for (int r = 0; r < values.length; r++) {
      valueMean += weights[r] / total * values[r];
      for (int i = 0; i < n; i++) {
        mean[i] += drawn[r][i] ? weights[r] / total : 0;
      }
    }
    WeightedLeastSquares squares = new WeightedLeastSquares(n);
    for (int r = 0; r < values.length; r++) {
      double[] x = new double[n];
      for (int i = 0; i < n; i++) {
        x[i] = (drawn[r][i] ? 1 : 0) - mean[i];
      }
      squares.add(x, values[r] - valueMean, weights[r]);
    }
    return squares.solve(ridge);
  }
}
