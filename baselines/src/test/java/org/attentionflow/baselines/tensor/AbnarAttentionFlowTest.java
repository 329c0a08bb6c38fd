package org.attentionflow.baselines.tensor;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link AbnarAttentionFlow} keeps the contract. */
class AbnarAttentionFlowTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new AbnarAttentionFlow();
  }
}
