package org.attentionflow.testkit;

import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.NetworkBuilder;

class BackwardNetworkBuilderTest extends NetworkBuilderContract {
  @Override
  protected NetworkBuilder plugin() {
    return new BackwardNetworkBuilder();
  }
}
