package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.testkit.RandomNetworks.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pruning against a search for paths that knows nothing of groups being in order. */
class PrunedNetworkTest {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void keepsExactlyTheNodesOnPaths(Kind kind) {
    for (long seed = 0; seed < 30; seed++) {
      NetworkInstance instance = RandomNetworks.of(kind, seed);
      FlowNetwork full = instance.network();
      PrunedNetwork pruned = PrunedNetwork.of(full);
      boolean[][] reached = search(full, full.source(), true);
      boolean[][] reaching = search(full, full.sink(), false);
      for (int group = 0; group < full.groups().size(); group++) {
        List<Integer> onPath = new ArrayList<>();
        for (int node = 0; node < reached[group].length; node++) {
          if (reached[group][node] && reaching[group][node]) {
            onPath.add(node);
          }
        }
        assertArrayEquals(
            onPath.stream().mapToInt(Integer::intValue).toArray(),
            pruned.kept(group),
            instance.name());
        assertEquals(onPath.size(), pruned.network().groups().get(group).size());
      }
      assertEquals(reached[full.sink()][0], pruned.hasPath(), instance.name());
      assertCapacitiesKept(instance, pruned);
    }
  }

  /** Pruned arcs carry nothing anyway: the maximum flow stays. Pruning again changes nothing. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void changesNothingThatCounts(Kind kind) {
    for (long seed = 100; seed < 120; seed++) {
      FlowNetwork full = RandomNetworks.of(kind, seed).network();
      PrunedNetwork pruned = PrunedNetwork.of(full);
      assertEquals(full.largestCapacity(), pruned.network().largestCapacity());
      assertEquals(full.returnCapacity(), pruned.network().returnCapacity());
      if (pruned.hasPath()) {
        double value = ExactMaximumFlow.of(full).value();
        assertEquals(value, ExactMaximumFlow.of(pruned.network()).value(), 1e-12 * value);
        assertEquals(
            pruned.network().groups(), PrunedNetwork.of(pruned.network()).network().groups());
        assertEquals(-1, pruned.firstEmptyGroup());
      } else {
        assertTrue(pruned.firstEmptyGroup() >= 0);
      }
    }
  }

  private static void assertCapacitiesKept(NetworkInstance instance, PrunedNetwork pruned) {
    for (int number = 0; number < pruned.network().blocks().size(); number++) {
      ArcBlock block = pruned.network().blocks().get(number);
      ArcBlock before = pruned.full().blocks().get(number);
      int[] tails = pruned.kept(block.tail());
      int[] heads = pruned.kept(block.head());
      for (int row = 0; row < block.capacity().rowCount(); row++) {
        for (int column = 0; column < block.capacity().columnCount(); column++) {
          int tail = tails[block.tailNode(row, column)];
          int head = heads[block.headNode(row, column)];
          boolean isPlace = block.shape() != ArcBlock.Shape.LISTED || isArc(block, row, column);
          double expected = isPlace ? capacity(before, tail, head) : 0;
          assertEquals(expected, block.capacity().get(row, column), 0, instance.name());
        }
      }
    }
  }

  private static double capacity(ArcBlock block, int tail, int head) {
    return switch (block.shape()) {
      case DENSE -> block.capacity().get(tail, head);
      case DIAGONAL -> tail == head ? block.capacity().get(0, head) : 0;
      case LISTED -> {
        int arc = block.ends().find(tail, head);
        yield arc < 0 ? 0 : block.capacity().get(arc);
      }
    };
  }

  /** Whether a place of a list is an arc, and none of those that fill up the last row. */
  private static boolean isArc(ArcBlock block, int row, int column) {
    return row * block.ends().rowLength() + column < block.ends().count();
  }

  /** Repeats all arcs until nothing more is reached. */
  private static boolean[][] search(FlowNetwork network, int from, boolean forwards) {
    boolean[][] seen =
        network.groups().stream().map(group -> new boolean[group.size()]).toArray(boolean[][]::new);
    seen[from][0] = true;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (ArcBlock block : network.blocks()) {
        for (int tail = 0; tail < seen[block.tail()].length; tail++) {
          for (int head = 0; head < seen[block.head()].length; head++) {
            boolean[] to = forwards ? seen[block.head()] : seen[block.tail()];
            boolean known = forwards ? seen[block.tail()][tail] : seen[block.head()][head];
            int node = forwards ? head : tail;
            if (known && !to[node] && capacity(block, tail, head) > 0) {
              to[node] = true;
              changed = true;
            }
          }
        }
      }
    }
    return seen;
  }
}
