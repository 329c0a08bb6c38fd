package org.attentionflow.docs;

import org.attentionflow.information.Aggregator;
import org.attentionflow.testkit.AggregatorContract;

// snippet: aggregator-contract
class AbsoluteGradientAggregatorTest extends AggregatorContract {
  @Override
  protected Aggregator plugin() {
    return new AbsoluteGradientAggregator();
  }
}
// end
