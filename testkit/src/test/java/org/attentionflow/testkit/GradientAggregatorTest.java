package org.attentionflow.testkit;

import org.attentionflow.information.Aggregator;
import org.attentionflow.information.GradientAggregator;

class GradientAggregatorTest extends AggregatorContract {
  @Override
  protected Aggregator plugin() {
    return new GradientAggregator();
  }
}
