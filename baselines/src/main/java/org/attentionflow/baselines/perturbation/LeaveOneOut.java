package org.attentionflow.baselines.perturbation;

import java.util.Arrays;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.baselines.Profile;
import org.attentionflow.baselines.Scores;

/** Leave-one-out: how much the target falls when one token is removed. One pass per token. */
public final class LeaveOneOut extends CoalitionMethod {
  /** Makes the method. */
  public LeaveOneOut() {
    super(
        Profile.of(MethodGroup.PERTURBATION, "leave-one-out", "loo")
            .summary("How much the target falls when one token is removed.")
            .formula("s_i = y(x) - y(x without i)")
            .source("Li, Monroe and Jurafsky, Understanding Neural Networks through Erasure, 2016")
            .options(Removal.OPTION));
  }

  @Override
  Rule rule(MethodOptions options) {
    return (game, random) -> {
      double[] scores = new double[game.count()];
      for (int i = 0; i < scores.length; i++) {
        boolean[] present = new boolean[scores.length];
        Arrays.fill(present, true);
        present[i] = false;
        scores[i] = game.full() - game.value(present);
      }
      return Scores.of(game.perToken(scores));
    };
  }
}
