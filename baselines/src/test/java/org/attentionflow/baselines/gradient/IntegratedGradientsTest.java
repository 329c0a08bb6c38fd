package org.attentionflow.baselines.gradient;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link IntegratedGradients} keeps the contract. */
class IntegratedGradientsTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new IntegratedGradients();
  }

  /** The midpoint rule with 64 steps. */
  @Override
  protected double completenessTolerance() {
    return 0.05;
  }
}
