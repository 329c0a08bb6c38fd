package org.attentionflow.baselines.perturbation;

import java.util.Arrays;

/**
 * Weighted least squares of the values of coalitions by sums of scores that add up to y(all) −
 * y(nothing). The last score follows from the others, which makes the condition exact.
 */
final class ConstrainedFit {
  private final Coalitions game;
  private final double total;
  private final double empty;
  private final WeightedLeastSquares squares;

  /** For a game of at least two players. */
  ConstrainedFit(Coalitions game) {
    this.game = game;
    this.empty = game.empty();
    this.total = game.full() - empty;
    this.squares = new WeightedLeastSquares(game.count() - 1);
  }

  /** Adds a coalition. */
  void add(boolean[] present, double weight) {
    int last = present.length - 1;
    double lastIn = present[last] ? 1 : 0;
    double[] x = new double[last];
    for (int i = 0; i < last; i++) {
      x[i] = (present[i] ? 1 : 0) - lastIn;
    }
    squares.add(x, game.value(present) - empty - lastIn * total, weight);
  }

  /** The scores of the players. */
  double[] solve() {
    double[] scores = Arrays.copyOf(squares.solve(0), game.count());
    double rest = total;
    for (int i = 0; i < scores.length - 1; i++) {
      rest -= scores[i];
    }
    scores[scores.length - 1] = rest;
    return scores;
  }
}
