package org.attentionflow.testkit;

import org.attentionflow.information.Aggregator;
import org.attentionflow.information.AttentionGradientAggregator;

class AttentionGradientAggregatorTest extends AggregatorContract {
  @Override
  protected Aggregator plugin() {
    return new AttentionGradientAggregator();
  }
}
