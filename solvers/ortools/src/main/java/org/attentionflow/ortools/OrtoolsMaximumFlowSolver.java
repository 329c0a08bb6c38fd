package org.attentionflow.ortools;

import com.google.ortools.graph.MaxFlow;
import java.util.EnumSet;
import java.util.Set;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolution.Outcome;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * A plain maximum flow by OR-Tools, which wants integers: the baseline that is widely used. The
 * barrier parameter plays no part. Capacities are rounded down to multiples of a power of two; the
 * gap bound says what that can cost. It counts as one iteration and cannot be interrupted.
 *
 * <p>The native library is unpacked and loaded at the first solve. One thread.
 */
public final class OrtoolsMaximumFlowSolver implements FlowSolver {
  /** Arcs, reverse arcs and residuals in the native library, and the flow here. */
  private static final long BYTES_PER_ARC = 128;

  @Override
  public String name() {
    return "ortools-max-flow";
  }

  @Override
  public String summary() {
    return "Plain maximum flow by Google OR-Tools on capacities rounded to integers; its arc flows"
        + " are not unique.";
  }

  @Override
  public String source() {
    return "Goldberg and Tarjan, Journal of the ACM 35, 1988, as implemented in OR-Tools";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.noneOf(Capability.class);
  }

  @Override
  public FlowSolution solve(FlowProblem problem) {
    FlowNetwork network = problem.network();
    IntegerCapacities capacities = IntegerCapacities.of(network);
    NativeMaximumFlow.Result result = NativeMaximumFlow.of(network, capacities);
    long[][] flow = result.flow();
    ResidualCut cut = ResidualCut.of(network, capacities, flow);
    return new FlowSolution(
        result.status() == MaxFlow.Status.OPTIMAL ? Outcome.CONVERGED : Outcome.NUMERICAL_TROUBLE,
        (block, row, into) -> {
          int columns = network.blocks().get(block).capacity().columnCount();
          for (int j = 0; j < columns; j++) {
            into[j] = capacities.value(flow[block][row * columns + j]);
          }
        },
        capacities.value(value(network, flow)),
        cut.potentials(),
        capacities.value(cut.roundedArcs()),
        1);
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    long arcs = 0;
    for (ArcBlock block : network.blocks()) {
      arcs += block.capacity().size();
    }
    return arcs * BYTES_PER_ARC;
  }

  private static long value(FlowNetwork network, long[][] flow) {
    long value = 0;
    for (int number = 0; number < flow.length; number++) {
      if (network.blocks().get(number).head() == network.sink()) {
        for (long units : flow[number]) {
          value += units;
        }
      }
    }
    return value;
  }
}
