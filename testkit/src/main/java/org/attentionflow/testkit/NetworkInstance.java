package org.attentionflow.testkit;

import org.attentionflow.network.FlowNetwork;

/**
 * A network with a name that tells how to make it again; test reports print the name.
 *
 * @param name the name; of a random network its kind and seed
 * @param network the network, not pruned
 */
public record NetworkInstance(String name, FlowNetwork network) {
  @Override
  public String toString() {
    return name;
  }
}
