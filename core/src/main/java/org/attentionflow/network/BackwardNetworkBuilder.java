package org.attentionflow.network;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.tensor.Matrix;

/**
 * Algorithm 1 of Generalized Attention Flow: arcs run from the output to the input. Super-source →
 * top layer; token q of layer j + 1 → token k of layer j with capacity Ā[j][q][k]; input tokens →
 * super-sink.
 */
public final class BackwardNetworkBuilder implements NetworkBuilder {
  @Override
  public String name() {
    return "backward";
  }

  @Override
  public String summary() {
    return "Algorithm 1: arcs run from the output to the input.";
  }

  @Override
  public String source() {
    return "Azarkhalili and Libbrecht, Generalized Attention Flow, ACL 2025, Algorithm 1";
  }

  @Override
  public FlowNetwork build(InformationTensor information, NetworkSettings settings) {
    LayerStack stack = LayerStack.of(information, settings);
    int tokens = stack.tokenCount();
    int top = stack.layerCount();
    int sink = top + 1;
    int source = top + 2;
    List<NodeGroup> groups = LayerGroups.of(top, tokens);

    List<ArcBlock> blocks = new ArrayList<>();
    blocks.add(ArcBlock.dense(source, top, Matrix.of(1, tokens, stack.topTerminals())));
    for (int layer = top - 1; layer >= 0; layer--) {
      blocks.add(ArcBlock.dense(layer + 1, layer, stack.layer(layer)));
    }
    blocks.add(ArcBlock.dense(0, sink, Matrix.of(tokens, 1, stack.tokenTerminals())));
    return LayerGroups.network(groups, blocks, source, sink, blocks.size() - 1, stack.scale());
  }
}
