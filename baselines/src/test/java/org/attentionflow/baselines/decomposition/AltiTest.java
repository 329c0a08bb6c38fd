package org.attentionflow.baselines.decomposition;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link Alti} keeps the contract. */
class AltiTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new Alti();
  }
}
