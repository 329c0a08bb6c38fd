package org.attentionflow.baselines.relevance;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link PartialLrp} keeps the contract. */
class PartialLrpTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new PartialLrp();
  }
}
