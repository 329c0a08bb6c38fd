package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.ForwardNetworkBuilder;
import org.attentionflow.network.NetworkBuilder;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.NodeIndex;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.testkit.RandomNetworks.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbering of nodes of Generalized Attention Flow. */
class NodeIndexTest {
  private static final int LAYERS = 3;
  private static final int TOKENS = 4;

  /** 0 is the super-sink, 1 + t·j + i token i of layer j, t(l+1) + 1 the super-source. */
  @Test
  void numbersALayerStackAsThePaperDoes() {
    List<Matrix> layers = Collections.nCopies(LAYERS, Matrix.of(TOKENS, TOKENS, new double[16]));
    List<NetworkBuilder> builders =
        List.of(new BackwardNetworkBuilder(), new ForwardNetworkBuilder());
    for (NetworkBuilder builder : builders) {
      FlowNetwork network = builder.build(InformationTensor.of(layers), NetworkSettings.defaults());
      NodeIndex index = NodeIndex.of(network);
      assertEquals(0, index.node(network.sink(), 0));
      for (int layer = 0; layer <= LAYERS; layer++) {
        for (int token = 0; token < TOKENS; token++) {
          assertEquals(1 + TOKENS * layer + token, index.node(layer, token));
        }
      }
      assertEquals(TOKENS * (LAYERS + 1) + 1, index.node(network.source(), 0));
      assertEquals(TOKENS * (LAYERS + 1) + 2, index.nodeCount());
      assertEquals(network.nodeCount(), index.nodeCount());
      assertThrows(IndexOutOfBoundsException.class, () -> index.node(1, TOKENS));
      assertThrows(IndexOutOfBoundsException.class, () -> index.node(1, -1));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void givesEveryNodeANumberOfItsOwn(Kind kind) {
    FlowNetwork network = RandomNetworks.of(kind, 3).network();
    NodeIndex index = NodeIndex.of(network);
    BitSet taken = new BitSet();
    for (int group = 0; group < network.groups().size(); group++) {
      for (int member = 0; member < network.groups().get(group).size(); member++) {
        taken.set(index.node(group, member));
      }
    }
    assertEquals(index.nodeCount(), taken.cardinality());
    assertEquals(index.nodeCount(), taken.length());
    assertEquals(0, index.node(network.sink(), 0));
    assertEquals(index.nodeCount() - 1, index.node(network.source(), 0));
  }
}
