package org.attentionflow.baselines.gradient;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link Cat} keeps the contract. */
class CatTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new Cat();
  }
}
