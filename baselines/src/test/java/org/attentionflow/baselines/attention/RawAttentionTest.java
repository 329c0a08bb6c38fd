package org.attentionflow.baselines.attention;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link RawAttention} keeps the contract. */
class RawAttentionTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new RawAttention();
  }
}
