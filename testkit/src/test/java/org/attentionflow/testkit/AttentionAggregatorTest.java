package org.attentionflow.testkit;

import org.attentionflow.information.Aggregator;
import org.attentionflow.information.AttentionAggregator;

class AttentionAggregatorTest extends AggregatorContract {
  @Override
  protected Aggregator plugin() {
    return new AttentionAggregator();
  }
}
