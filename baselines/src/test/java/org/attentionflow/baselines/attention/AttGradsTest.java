package org.attentionflow.baselines.attention;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link AttGrads} keeps the contract. */
class AttGradsTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new AttGrads();
  }
}
