package org.attentionflow.baselines.perturbation;

import java.util.Set;
import java.util.SplittableRandom;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.baselines.Scores;
import org.attentionflow.baselines.TextSeed;
import org.attentionflow.engine.Capture;
import org.attentionflow.token.Token;

/** Random scores, even between 0 and 1; special tokens have 0. The floor of every comparison. */
public final class RandomScores extends Baseline {
  /** Makes the method. */
  public RandomScores() {
    super(
        Profile.of(MethodGroup.CONTROL, "random")
            .summary("Random scores: the floor that every method has to beat.")
            .formula("s_i uniform on [0, 1), from the seed and the token ids alone")
            .source("the control of every table")
            .nonNegative()
            .withoutTarget()
            .options(new MethodOption("seed", "0", "seed, joined with the text")));
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    long seed = options.seed("seed");
    return new Plan(Set.of(), Set.of(), (capture, session) -> Scores.of(scores(capture, seed)));
  }

  private static double[] scores(Capture capture, long seed) {
    SplittableRandom random = TextSeed.random(capture.tokens(), seed);
    double[] scores = new double[capture.tokens().size()];
    for (Token token : capture.tokens().tokens()) {
      double score = random.nextDouble();
      scores[token.index()] = token.special() ? 0 : score;
    }
    return scores;
  }
}
