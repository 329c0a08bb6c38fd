package org.attentionflow.baselines.attention;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link Grads} keeps the contract. */
class GradsTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new Grads();
  }
}
