package org.attentionflow.baselines.gradient;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link Saliency} keeps the contract. */
class SaliencyTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new Saliency();
  }
}
