package org.attentionflow.baselines.decomposition;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link ValueZeroing} keeps the contract. */
class ValueZeroingTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new ValueZeroing();
  }
}
