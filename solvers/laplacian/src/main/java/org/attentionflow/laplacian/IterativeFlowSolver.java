package org.attentionflow.laplacian;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.LaplacianSolver;
import org.attentionflow.dual.PathFollowing;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.dual.RowKernel;
import org.attentionflow.dual.StartingPoint;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.plugin.Plugins;
import org.jspecify.annotations.Nullable;

/**
 * Solves the barrier problem by path following on its dual; each Newton system is a graph
 * Laplacian, solved by preconditioned conjugate gradients. Time near-linear in the arcs; memory
 * beside the capacities: two 32-bit numbers per arc and O(nodes).
 */
abstract class IterativeFlowSolver implements FlowSolver {
  /** Numbers per node, those that are kept apart for chunks of rows included. */
  private static final int VECTORS = 100;

  /** Looked for once it is needed. */
  private volatile @Nullable RowKernel kernel;

  abstract Preconditioner preconditioner(FlowNetwork network);

  /** What solves the Newton systems. */
  LaplacianSolver laplacian(FlowNetwork network, WorkerThreads workers, RowKernel kernel) {
    return new ConjugateGradients(
        new ConductanceRows(network, workers, kernel), preconditioner(network));
  }

  @Override
  public String source() {
    return "Nesterov and Nemirovskii, Interior-Point Polynomial Algorithms, 1994; Hestenes and"
        + " Stiefel, Methods of conjugate gradients, 1952";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.UNIQUE_FLOW);
  }

  @Override
  public String kernel() {
    return fastestKernel().name();
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
      return PathFollowing.solvePath(
          network, barrierParameters, settings, problem -> start(problem, workers));
    }
  }

  private RowKernel fastestKernel() {
    RowKernel found = kernel;
    if (found == null) {
      found =
          Plugins.load(RowKernel.class).all().stream()
              .filter(RowKernel::isAvailable)
              .findFirst()
              .orElseGet(PlainRowKernel::new);
      kernel = found;
    }
    return found;
  }

  private static WorkerThreads workers(FlowNetwork network, SolverSettings settings) {
    RowChunks chunks = RowChunks.of(new ArcRows(network, 1));
    return new WorkerThreads(chunks.threads(settings.threads()));
  }

  private PathFollowing start(FlowProblem problem, WorkerThreads workers) {
    FlowNetwork network = problem.network();
    double scale = 1 / network.largestCapacity();
    ArcRows arcs = new ArcRows(network, scale);
    LaplacianSolver laplacian = laplacian(network, workers, fastestKernel());
    StartingPoint start = PathFollowing.start(problem, arcs);
    double targetMu = problem.barrierParameter() * scale;
    PrimalDual primalDual =
        new PrimalDual(arcs, workers, laplacian, targetMu, network.arcCount() + 1, start);
    boolean isNear = primalDual.approach(problem.settings().iterationLimit());
    double[][] potential = isNear ? primalDual.potential() : start.potential();
    double mu = isNear ? targetMu : start.mu();
    return new PathFollowing(problem, arcs, workers, laplacian, potential, mu, primalDual.steps());
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    long arcs = 0;
    for (var block : network.blocks()) {
      arcs +=
          (long) network.groups().get(block.tail()).size()
              * network.groups().get(block.head()).size();
    }
    return 2 * Float.BYTES * arcs + Double.BYTES * VECTORS * (long) network.nodeCount();
  }
}
