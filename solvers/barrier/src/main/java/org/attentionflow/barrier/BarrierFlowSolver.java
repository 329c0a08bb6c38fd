package org.attentionflow.barrier;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.dual.ArcKernel;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.DenseKernel;
import org.attentionflow.dual.DualNewton;
import org.attentionflow.dual.KernelChoice;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.FlowNetwork;

/**
 * Solves the barrier problem by an interior-point method with a direct factorisation.
 *
 * <p>Newton's method on the dual, in turns with a relaxation that balances the nodes of one group
 * after another ({@link DualNewton}); from the node potentials the flows follow in closed form
 * ({@link org.attentionflow.dual.ArcBarrier}). Each step factors one Laplacian by block Cholesky.
 *
 * <p>Works on any network of groups and blocks. Time O(steps · l · t³) and memory O(l · t²) for a
 * chain of l groups of t nodes.
 */
public final class BarrierFlowSolver implements FlowSolver {
  private final KernelChoice<DenseKernel> kernel =
      new KernelChoice<>(DenseKernel.class, PlainKernel::new);
  private final KernelChoice<ArcKernel> arcKernel = KernelChoice.ofArcs();

  @Override
  public String name() {
    return "barrier";
  }

  @Override
  public String summary() {
    return "Barrier-regularised maximum flow by an interior-point method with a direct block"
        + " Cholesky factorisation; the flow is unique.";
  }

  @Override
  public String source() {
    return "Azarkhalili and Libbrecht, Generalized Attention Flow, ACL 2025 (the problem);"
        + " Nesterov and Nemirovskii, Interior-Point Polynomial Algorithms, 1994; Bertsekas,"
        + " Hosein and Tseng, Relaxation methods for network flow problems with convex arc"
        + " costs, SIAM J. Control Optim. 25, 1987 (the method)";
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
    try (WorkerThreads workers = workers(problem.network(), problem.settings().threads())) {
      return start(problem, workers).solve();
    }
  }

  private static WorkerThreads workers(FlowNetwork network, int threads) {
    return new WorkerThreads(RowChunks.of(new ArcRows(network, 1)).threads(threads));
  }

  private DualNewton start(FlowProblem problem, WorkerThreads workers) {
    FlowNetwork network = problem.network();
    BlockCholesky laplacian =
        new BlockCholesky(network, Elimination.of(network), kernel.get(), workers);
    return new DualNewton(problem, workers, laplacian, arcKernel.get());
  }

  @Override
  public List<FlowSolution> solvePath(
      FlowNetwork network, double[] barrierParameters, SolverSettings settings) {
    try (WorkerThreads workers = workers(network, settings.threads())) {
      return DualNewton.solvePath(
          network, barrierParameters, settings, problem -> start(problem, workers));
    }
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    return BlockCholesky.bytes(network);
  }
}
