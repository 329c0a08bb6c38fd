package org.attentionflow.flow;

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
    Matrix capacity = network.full().blocks().get(block).capacity();
    double[] flow = new double[capacity.values().length];
    if (network.hasPath()) {
      network.expand(block, arcFlow::row, flow);
    }
    return Matrix.of(capacity.rowCount(), capacity.columnCount(), flow);
  }
}
