package org.attentionflow.baselines.relevance;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link TransAtt} keeps the contract. */
class TransAttTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new TransAtt();
  }
}
