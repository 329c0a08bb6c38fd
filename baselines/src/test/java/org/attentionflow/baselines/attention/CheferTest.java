package org.attentionflow.baselines.attention;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link Chefer} keeps the contract. */
class CheferTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new Chefer();
  }
}
