package org.attentionflow.baselines.gradient;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link AttCat} keeps the contract. */
class AttCatTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new AttCat();
  }
}
