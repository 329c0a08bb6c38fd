package org.attentionflow.baselines.perturbation;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link LeaveOneOut} keeps the contract. */
class LeaveOneOutTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new LeaveOneOut();
  }
}
