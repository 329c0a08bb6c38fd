package org.attentionflow.network;

import org.attentionflow.information.InformationTensor;
import org.attentionflow.plugin.Plugin;

/** Builds the flow network of an information tensor. Stateless and thread-safe. */
public interface NetworkBuilder extends Plugin {
  /**
   * Builds the network, without pruning it.
   *
   * @throws org.attentionflow.failure.UnusableInputException if the tensor has no layers, its
   *     layers do not fit together, or a source position does not exist
   */
  FlowNetwork build(InformationTensor information, NetworkSettings settings);
}
