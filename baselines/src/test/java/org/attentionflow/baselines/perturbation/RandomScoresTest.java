package org.attentionflow.baselines.perturbation;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link RandomScores} keeps the contract. */
class RandomScoresTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new RandomScores();
  }
}
