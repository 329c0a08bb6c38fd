package org.attentionflow.baselines.tensor;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link PlainMaximumFlow} keeps the contract. */
class PlainMaximumFlowTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new PlainMaximumFlow();
  }
}
