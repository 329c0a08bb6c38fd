package org.attentionflow.baselines.attention;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link Rollout} keeps the contract. */
class RolloutTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new Rollout();
  }
}
