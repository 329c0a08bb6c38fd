package org.attentionflow.flow;

import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.tensor.Matrix;

/**
 * A flow through a network and what certifies it.
 *
 * @param network the network, before and after pruning
 * @param status whether the flow can be relied on
 * @param detail one line that says why, if the status is not CERTIFIED; otherwise empty
 * @param value the flow value: the sum of the token outflows
 * @param tokenOutflow the flow on the terminal arc of each token, ≥ 0, in the order of the tokens
 * @param arcFlow the flow on the arcs of the pruned network
 * @param certificate what was recomputed from the solution
 * @param barrierParameter μ, absolute
 * @param relativeBarrierParameter μ relative to the largest capacity; 0 if all capacities are 0
 * @param isUnique whether the arc flows are the only solution of the problem
 * @param solver the name of the solver
 * @param iterations the iterations it took
 */
public record Flow(
    PrunedNetwork network,
    SolveStatus status,
    String detail,
    double value,
    double[] tokenOutflow,
    ArcFlow arcFlow,
    Certificate certificate,
    double barrierParameter,
    double relativeBarrierParameter,
    boolean isUnique,
    String solver,
    int iterations) {

  /**
   * The flow on the arcs of one block, in the shape of the block's capacities in the full network;
   * pruned arcs carry 0. Computed anew at every call.
   */
  public Matrix blockFlow(int block) {
    ArcBlock full = network.full().blocks().get(block);
    double[] flow = new double[full.capacity().size()];
    if (!network.hasPath()) {
      return Matrix.of(full.capacity().rowCount(), full.capacity().columnCount(), flow);
    }
    ArcBlock pruned = network.network().blocks().get(block);
    int[] tails = network.kept(full.tail());
    int[] heads = network.kept(full.head());
    double[] row = new double[pruned.capacity().columnCount()];
    for (int i = 0; i < pruned.capacity().rowCount(); i++) {
      arcFlow.row(block, i, row);
      for (int j = 0; j < row.length; j++) {
        int arc = arc(full, tails[pruned.tailNode(i, j)], heads[pruned.headNode(i, j)]);
        if (arc >= 0 && pruned.capacity().get(i, j) > 0) {
          flow[arc] = row[j];
        }
      }
    }
    return Matrix.of(full.capacity().rowCount(), full.capacity().columnCount(), flow);
  }

  /** The number of the arc of a block that joins two nodes; negative if there is none. */
  private static int arc(ArcBlock block, int tail, int head) {
    return switch (block.shape()) {
      case DENSE -> tail * block.capacity().columnCount() + head;
      case DIAGONAL -> tail == head ? tail : -1;
      case LISTED -> block.ends().find(tail, head);
    };
  }
}
