package org.attentionflow.baselines.perturbation;

import java.util.SplittableRandom;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.baselines.Profile;
import org.attentionflow.baselines.Scores;
import org.attentionflow.failure.UnusableInputException;

/**
 * KernelSHAP: Shapley values by weighted least squares, under the condition that they add up to
 * y(x) − y(nothing). With n tokens and a budget of at least 2ⁿ − 2 coalitions, all are used with
 * the Shapley kernel's weights, and the values are exact. Otherwise the budget is spent on
 * coalitions drawn from the kernel, each with its complement (Covert and Lee, 2021), with equal
 * weights.
 */
public final class KernelShap extends CoalitionMethod {
  /** The budget beside two coalitions per token, as is usual. */
  private static final int FIXED_BUDGET = 2048;

  /** Makes the method. */
  public KernelShap() {
    super(
        Profile.of(MethodGroup.PERTURBATION, "kernel-shap", "kernelshap")
            .summary("KernelSHAP: Shapley values by weighted least squares over coalitions.")
            .formula(
                "s = argmin sum over S of k(S) (y(S) - y(0) - s(S))^2 with s(all) = y(x) - y(0),"
                    + " k(S) = (n - 1) / (C(n, |S|) |S| (n - |S|))")
            .source("Lundberg and Lee, NeurIPS 2017; sampling: Covert and Lee, AISTATS 2021")
            .options(
                Removal.OPTION,
                new MethodOption(
                    "samples",
                    "auto",
                    "coalitions drawn; auto: 2 per token + 2048; exact if enough"),
                new MethodOption("seed", "0", "seed of the samples, joined with the text")));
  }

  @Override
  long seed(MethodOptions options) {
    return options.seed("seed");
  }

  @Override
  Rule rule(MethodOptions options) {
    boolean isAuto = options.text("samples").equals("auto");
    int samples = isAuto ? 0 : options.count("samples", 2);
    return (game, random) -> {
      int budget = isAuto ? 2 * game.count() + FIXED_BUDGET : samples;
      double[] values = values(game, budget, random);
      return Scores.complete(game.perToken(values), game.full(), game.empty());
    };
  }

  private static double[] values(Coalitions game, int budget, SplittableRandom random) {
    int n = game.count();
    if (n < 2) {
      return n == 0 ? new double[0] : new double[] {game.full() - game.empty()};
    }
    boolean isExact = n < Integer.SIZE - 1 && (1L << n) - 2 <= budget;
    if (!isExact) {
      checkBudget(n, budget);
    }
    ConstrainedFit fit = new ConstrainedFit(game);
    if (isExact) {
      addAll(fit, n);
    } else {
      addSamples(fit, n, budget, random);
    }
    return fit.solve();
  }

  /** A coalition and its complement say the same of n − 1 unknowns: one equation per pair. */
  private static void checkBudget(int n, int budget) {
    if (budget / 2 < n - 1) {
      throw new UnusableInputException(
          "The "
              + budget
              + " samples cannot determine the scores of "
              + n
              + " tokens: "
              + 2 * (n - 1)
              + " are the fewest that might. Maybe raise method.samples.");
    }
  }

  private static void addAll(ConstrainedFit fit, int n) {
    for (int set = 1; set < (1 << n) - 1; set++) {
      boolean[] present = new boolean[n];
      int size = Integer.bitCount(set);
      double binomial = 1;
      for (int i = 0; i < n; i++) {
        present[i] = (set >> i & 1) == 1;
        binomial *= i < size ? (double) (n - i) / (i + 1) : 1;
      }
      fit.add(present, (n - 1) / (binomial * size * (n - size)));
    }
  }

  private static void addSamples(ConstrainedFit fit, int n, int budget, SplittableRandom random) {
    for (int drawn = 0; drawn + 2 <= budget; drawn += 2) {
      boolean[] present = Samples.subset(n, Samples.kernelSize(n, random), random);
      fit.add(present, 1);
      for (int i = 0; i < n; i++) {
        present[i] = !present[i];
      }
      fit.add(present, 1);
    }
  }
}
