package org.attentionflow.baselines.gradient;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link SmoothGrad} keeps the contract. */
class SmoothGradTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new SmoothGrad();
  }
}
