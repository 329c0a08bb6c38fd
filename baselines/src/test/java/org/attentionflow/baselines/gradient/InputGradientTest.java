package org.attentionflow.baselines.gradient;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link InputGradient} keeps the contract. */
class InputGradientTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new InputGradient();
  }
}
