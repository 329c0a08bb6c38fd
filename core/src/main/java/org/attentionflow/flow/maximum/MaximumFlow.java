package org.attentionflow.flow.maximum;

import org.attentionflow.flow.ArcFlow;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;
import org.attentionflow.tensor.Matrix;

/**
 * A maximum flow and a minimum cut by Dinic's method (Soviet Mathematics Doklady 11, 1970), exact
 * for real capacities: it ends when no path is left, not at a tolerance, and always does. Value and
 * cut agree but for rounding.
 *
 * <p>O(nodes² · arcs) time in theory; on layered networks of dense blocks about one to some tens of
 * sweeps over the arcs. Memory: one flow per arc. Arc flows are not unique: another method may find
 * others. The same network always gives the same bits.
 */
public final class MaximumFlow {
  private final FlowNetwork network;
  private final double[][] flow;
  private final double[][] potentials;
  private final double value;
  private final double cut;
  private final int phases;
  private final boolean isComplete;

  private MaximumFlow(FlowNetwork network, int phaseLimit) {
    NodeIndex index = NodeIndex.of(network);
    int source = index.first(network.source());
    int sink = index.first(network.sink());
    ResidualNetwork residual = ResidualNetwork.of(network);
    ResidualNetwork.Sent sent = residual.send(source, sink, Double.POSITIVE_INFINITY, phaseLimit);
    this.network = network;
    this.phases = sent.phases();
    this.isComplete = sent.isComplete();
    this.potentials = potentials(residual, source, sink);
    this.flow = residual.flow();
    this.value =
        network.isAcyclic()
            ? ConservedFlow.balance(network, flow)
            : CycleFreeFlow.balance(network, flow);
    this.cut = cutCapacity();
  }

  /** Computes a maximum flow of a network that has both terminals, pruned or not. */
  public static MaximumFlow of(FlowNetwork network) {
    return of(network, Integer.MAX_VALUE);
  }

  /** As {@link #of(FlowNetwork)}, but stops after so many phases if there are paths left. */
  public static MaximumFlow of(FlowNetwork network, int phaseLimit) {
    return new MaximumFlow(network, phaseLimit);
  }

  /** An upper estimate of the memory that it takes, in bytes. */
  public static long bytes(FlowNetwork network) {
    long arcs = 0;
    for (ArcBlock block : network.blocks()) {
      arcs += block.capacity().size();
    }
    // Per node: potentials, balances, distances and the state of the search.
    return arcs * Double.BYTES + 128L * network.nodeCount();
  }

  /** The flow that reaches the super-sink. */
  public double value() {
    return value;
  }

  /** The capacity of {@link #potentials the cut}: an upper bound on every flow. */
  public double cut() {
    return cut;
  }

  /** The flow on every arc. */
  public ArcFlow arcFlow() {
    return (block, row, into) -> {
      int columns = network.blocks().get(block).capacity().columnCount();
      System.arraycopy(flow[block], row * columns, into, 0, columns);
    };
  }

  /**
   * [group][member]: 1 on the source's side of the minimum cut and 0 on the sink's, which is the
   * smallest there is. If the phase limit was reached, the source alone has 1.
   */
  public double[][] potentials() {
    return potentials;
  }

  /** The number of phases. */
  public int phases() {
    return phases;
  }

  /** Whether no path is left, that is, the flow is a maximum flow. */
  public boolean isComplete() {
    return isComplete;
  }

  private double[][] potentials(ResidualNetwork residual, int source, int sink) {
    Distances toSink = residual.distancesTo(sink, source);
    double[][] result = new double[network.groups().size()][];
    for (int group = 0; group < result.length; group++) {
      result[group] = new double[network.groups().get(group).size()];
      for (int member = 0; member < result[group].length; member++) {
        int node = residual.index().first(group) + member;
        boolean onSourceSide = isComplete ? !toSink.isReached(node) : node == source;
        result[group][member] = onSourceSide ? 1 : 0;
      }
    }
    return result;
  }

  private double cutCapacity() {
    double sum = 0;
    for (ArcBlock block : network.blocks()) {
      Matrix capacity = block.capacity();
      double[] tail = potentials[block.tail()];
      double[] head = potentials[block.head()];
      for (int i = 0, at = 0; i < capacity.rowCount(); i++) {
        for (int j = 0; j < capacity.columnCount(); j++, at++) {
          sum += tail[block.tailNode(i, j)] > head[block.headNode(i, j)] ? capacity.get(at) : 0;
        }
      }
    }
    return sum;
  }
}
