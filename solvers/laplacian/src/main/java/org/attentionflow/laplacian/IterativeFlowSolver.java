package org.attentionflow.laplacian;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.dual.ArcKernel;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.DualNewton;
import org.attentionflow.dual.KernelChoice;
import org.attentionflow.dual.LaplacianSolver;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.dual.RowKernel;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.RowRanges;

/**
 * Solves the barrier problem by {@link DualNewton}; each Newton system is a graph Laplacian, solved
 * by preconditioned conjugate gradients. Time near-linear in the arcs; memory beside the
 * capacities: one 32-bit number per arc and O(nodes), and what the preconditioner keeps.
 */
abstract class IterativeFlowSolver implements FlowSolver {
  /** Numbers per node, those that are kept apart for chunks of rows included. */
  private static final int VECTORS = 100;

  /** Numbers per node at a chunk of listed arcs: two in each sweep, two in the certificate. */
  private static final long SUMS_PER_CHUNK = 4;

  private final KernelChoice<RowKernel> kernel =
      new KernelChoice<>(RowKernel.class, PlainRowKernel::new);
  private final KernelChoice<ArcKernel> arcKernel = KernelChoice.ofArcs();

  abstract Preconditioner preconditioner(FlowNetwork network);

  /** What solves the Newton systems. */
  LaplacianSolver laplacian(FlowNetwork network, WorkerThreads workers, RowKernel kernel) {
    return new ConjugateGradients(
        new ConductanceRows(network, workers, kernel), preconditioner(network));
  }

  @Override
  public String source() {
    return "Nesterov and Nemirovskii, Interior-Point Polynomial Algorithms, 1994; Bertsekas, Hosein"
        + " and Tseng, Relaxation methods for network flow problems with convex arc costs, SIAM J."
        + " Control Optim. 25, 1987; Hestenes and"
        + " Stiefel, Methods of conjugate gradients, 1952";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.UNIQUE_FLOW);
  }

  @Override
  public String kernel() {
    return kernel.get().name();
  }

  @Override
  public FlowSolution solve(FlowProblem problem) {
    try (WorkerThreads workers = workers(problem.network(), problem.settings())) {
      return start(problem, workers).solve();
    }
  }

  @Override
  public List<FlowSolution> solvePath(
      FlowNetwork network, double[] barrierParameters, SolverSettings settings) {
    try (WorkerThreads workers = workers(network, settings)) {
      return DualNewton.solvePath(
          network, barrierParameters, settings, problem -> start(problem, workers));
    }
  }

  private static WorkerThreads workers(FlowNetwork network, SolverSettings settings) {
    RowChunks chunks = RowChunks.of(new ArcRows(network, 1));
    return new WorkerThreads(chunks.threads(settings.threads()));
  }

  private DualNewton start(FlowProblem problem, WorkerThreads workers) {
    LaplacianSolver laplacian = laplacian(problem.network(), workers, kernel.get());
    return new DualNewton(problem, workers, laplacian, arcKernel.get());
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    long arcs = 0;
    long sums = 0;
    for (ArcBlock block : network.blocks()) {
      long tails = network.groups().get(block.tail()).size();
      long heads = network.groups().get(block.head()).size();
      if (block.shape() == ArcBlock.Shape.LISTED) {
        arcs += block.ends().count();
        sums += (tails + heads) * chunks(block);
      } else {
        arcs += tails * heads;
      }
    }
    return Float.BYTES * arcs
        + Double.BYTES * (VECTORS * (long) network.nodeCount() + SUMS_PER_CHUNK * sums);
  }

  private static long chunks(ArcBlock block) {
    int rows = block.capacity().rowCount();
    return RowRanges.of(new int[] {rows}, new int[] {block.capacity().columnCount()}).size();
  }
}
