package org.attentionflow.baselines.perturbation;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.baselines.Scores;
import org.attentionflow.baselines.TextSeed;
import org.attentionflow.engine.Capability;

/** A method that asks the model about the input with tokens removed. */
abstract class CoalitionMethod extends Baseline {
  CoalitionMethod(Profile profile) {
    super(profile);
  }

  /** How the game is turned into scores. */
  interface Rule {
    /** The scores of the tokens; the random numbers belong to the text. */
    Scores score(Coalitions game, SplittableRandom random);
  }

  /** Reads the method's options. */
  abstract Rule rule(MethodOptions options);

  /** The seed; 0 for methods without one. */
  long seed(MethodOptions options) {
    return 0;
  }

  @Override
  protected final Plan plan(MethodSettings settings, MethodOptions options) {
    Removal removal = options.choice(Removal.OPTION.key(), Removal.class);
    Rule rule = rule(options);
    long seed = seed(options);
    return new Plan(
        Set.of(),
        EnumSet.of(Capability.PREDICTION),
        (capture, session) ->
            rule.score(
                new Coalitions(capture, session, removal),
                TextSeed.random(capture.tokens(), seed)));
  }
}
