package org.attentionflow.baselines.tensor;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link WidestPath} keeps the contract. */
class WidestPathTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new WidestPath();
  }
}
