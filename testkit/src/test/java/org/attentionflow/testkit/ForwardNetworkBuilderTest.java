package org.attentionflow.testkit;

import org.attentionflow.network.ForwardNetworkBuilder;
import org.attentionflow.network.NetworkBuilder;

class ForwardNetworkBuilderTest extends NetworkBuilderContract {
  @Override
  protected NetworkBuilder plugin() {
    return new ForwardNetworkBuilder();
  }
}
