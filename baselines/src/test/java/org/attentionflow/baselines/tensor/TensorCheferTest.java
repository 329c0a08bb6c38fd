package org.attentionflow.baselines.tensor;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link TensorChefer} keeps the contract. */
class TensorCheferTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new TensorChefer();
  }
}
