package org.attentionflow.network;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.tensor.Matrix;

/**
 * Algorithm 2 of Generalized Attention Flow: Algorithm 1 reversed. Super-source → input tokens;
 * token k of layer j → token q of layer j + 1 with capacity Ā[j][q][k]; top layer → super-sink.
 */
public final class ForwardNetworkBuilder implements NetworkBuilder {
  @Override
  public String name() {
    return "forward";
  }

  @Override
  public String summary() {
    return "Algorithm 2: arcs run from the input to the output.";
  }

  @Override
  public String source() {
    return "Azarkhalili and Libbrecht, Generalized Attention Flow, ACL 2025, Algorithm 2";
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
    blocks.add(ArcBlock.dense(source, 0, Matrix.of(1, tokens, stack.tokenTerminals())));
    for (int layer = 0; layer < top; layer++) {
      blocks.add(ArcBlock.dense(layer, layer + 1, stack.layer(layer).transposed()));
    }
    blocks.add(ArcBlock.dense(top, sink, Matrix.of(tokens, 1, stack.topTerminals())));
    return LayerGroups.network(groups, blocks, source, sink, 0, stack.scale());
  }
}
