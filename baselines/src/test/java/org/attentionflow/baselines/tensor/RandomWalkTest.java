package org.attentionflow.baselines.tensor;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link RandomWalk} keeps the contract. */
class RandomWalkTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new RandomWalk();
  }
}
