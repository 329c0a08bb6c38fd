package org.attentionflow.baselines.tensor;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link TensorRollout} keeps the contract. */
class TensorRolloutTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new TensorRollout();
  }
}
