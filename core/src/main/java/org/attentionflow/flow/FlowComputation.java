package org.attentionflow.flow;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.PrunedNetwork;

/**
 * From a network to a certified flow: prune, solve, and recompute from the arc flows alone
 * everything that makes the result trustworthy. A solver's own word counts for nothing here.
 *
 * @param solver the solver
 * @param barrier the barrier parameter
 * @param settings tolerance and limits
 */
public record FlowComputation(
    FlowSolver solver, BarrierParameter barrier, SolverSettings settings) {

  /**
   * The largest {@link Certificate#relativeImbalance} of a certified flow; it matters where all
   * flows are far below the largest capacity.
   */
  public static final double RELATIVE_IMBALANCE_TOLERANCE = 1e-6;

  /**
   * The largest {@link Certificate#stationarity} of a certified flow. Potentials near 1 are rounded
   * to 1e-16, which shows as up to 1e-16 f/μ: 1e-6 for a flow of 1e10 μ.
   */
  static final double STATIONARITY_TOLERANCE = 1e-5;

  /** Relative allowance for rounding when flow value and cut capacity are compared. */
  private static final double ROUNDING = 1e-9;

  /**
   * Conductances at the default barrier parameter go as the square of small capacities, and numbers
   * of 32 bits end at 1e-38: below this part of the largest capacity a node can be lost.
   */
  private static final double FAINT = 1e-19;

  /** Solves a network. Failure to converge is a status of the flow, never an exception. */
  public Flow compute(FlowNetwork network) {
    PrunedNetwork pruned = PrunedNetwork.of(network);
    if (!pruned.hasPath()) {
      return noPath(pruned);
    }
    double mu = absolute(network);
    return certified(pruned, mu, solver.solve(new FlowProblem(pruned.network(), mu, settings)));
  }

  /**
   * Solves a network for several barrier parameters in one call, each certified on its own. The
   * solver goes from the largest to the smallest and may start from the solution before; the
   * barrier parameter of this computation plays no part.
   *
   * @return one flow per barrier parameter, in their order
   */
  public List<Flow> computePath(FlowNetwork network, List<BarrierParameter> path) {
    PrunedNetwork pruned = PrunedNetwork.of(network);
    List<FlowComputation> each =
        path.stream().map(one -> new FlowComputation(solver, one, settings)).toList();
    if (!pruned.hasPath()) {
      return each.stream().map(one -> one.noPath(pruned)).toList();
    }
    double[] mu = each.stream().mapToDouble(one -> one.absolute(network)).toArray();
    int[] order =
        IntStream.range(0, mu.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -mu[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] falling = Arrays.stream(order).mapToDouble(i -> mu[i]).toArray();
    List<FlowSolution> solutions = solver.solvePath(pruned.network(), falling, settings);
    Flow[] flows = new Flow[mu.length];
    for (int i = 0; i < flows.length; i++) {
      int at = order[i];
      flows[at] = each.get(at).certified(pruned, mu[at], solutions.get(i));
    }
    return List.of(flows);
  }

  private double absolute(FlowNetwork network) {
    double mu = barrier.absoluteFor(network);
    if (!(mu > 0 && mu < Double.POSITIVE_INFINITY)) {
      throw new UnusableInputException(
          "The barrier parameter "
              + barrier.value()
              + " times the largest capacity "
              + network.largestCapacity()
              + " is not a positive number.");
    }
    return mu;
  }

  private Flow certified(PrunedNetwork pruned, double mu, FlowSolution solution) {
    FlowNetwork network = pruned.full();
    double[] outflow = tokenOutflow(pruned, solution.arcFlow());
    double value = Arrays.stream(outflow).sum();
    Certificate certificate = certificate(pruned.network(), solution, mu);
    String failure = failure(pruned.network(), value, certificate, mu);
    SolveStatus status = status(solution.outcome(), failure);
    return new Flow(
        pruned,
        status,
        detail(pruned.network(), status, failure, value, certificate, solution),
        value,
        outflow,
        solution.arcFlow(),
        certificate,
        mu,
        barrier.relativeFor(network),
        isUnique(),
        solver.name(),
        solution.iterations());
  }

  private Certificate certificate(FlowNetwork network, FlowSolution solution, double mu) {
    Stationarity stationarity = new Stationarity(network, solution, mu, isUnique());
    try (ArcSweep sweep = new ArcSweep(network, settings.threads())) {
      Balance balance = Balance.of(network, solution, stationarity, sweep);
      return new Certificate(
          balance.largestImbalance() / network.largestCapacity(),
          balance.largestRelativeImbalance(),
          balance.smallestSlack(),
          balance.stationarity(),
          LevelCut.best(network, solution.potentials(), sweep),
          solution.gapBound());
    }
  }

  private boolean isUnique() {
    return solver.capabilities().contains(FlowSolver.Capability.UNIQUE_FLOW);
  }

  private static SolveStatus status(FlowSolution.Outcome outcome, String failure) {
    return switch (outcome) {
      case CONVERGED -> failure.isEmpty() ? SolveStatus.CERTIFIED : SolveStatus.NUMERICAL_TROUBLE;
      case ITERATION_LIMIT -> SolveStatus.ITERATION_LIMIT;
      case NUMERICAL_TROUBLE -> SolveStatus.NUMERICAL_TROUBLE;
    };
  }

  /** Which condition of the certificate is not met; empty if all are. Not a number never passes. */
  private String failure(FlowNetwork network, double value, Certificate certificate, double mu) {
    if (!(certificate.conservationResidual() <= settings.conservationTolerance())) {
      return "conservation residual "
          + certificate.conservationResidual()
          + " > "
          + settings.conservationTolerance();
    }
    if (!(certificate.relativeImbalance() <= RELATIVE_IMBALANCE_TOLERANCE)) {
      return "relative imbalance "
          + certificate.relativeImbalance()
          + " > "
          + RELATIVE_IMBALANCE_TOLERANCE;
    }
    if (!(certificate.smallestSlack() >= 0)) {
      return "an arc's flow is outside its bounds (slack " + certificate.smallestSlack() + ")";
    }
    if (!(certificate.stationarity() <= STATIONARITY_TOLERANCE)) {
      return "the flow is not the barrier problem's solution (stationarity "
          + certificate.stationarity()
          + " > "
          + STATIONARITY_TOLERANCE
          + ")";
    }
    return gapFailure(network, value, certificate, mu);
  }

  /** Whether the promised gap is one that can be promised, and is kept. */
  private String gapFailure(FlowNetwork network, double value, Certificate certificate, double mu) {
    double cut = certificate.cut().capacity();
    double allowance =
        ROUNDING * cut
            + settings.conservationTolerance() * network.largestCapacity() * network.nodeCount();
    // 2mμ for the barrier problem; a plain maximum flow must at least promise more than nothing.
    double largestGap = isUnique() ? 2 * (network.arcCount() + 1) * mu * (1 + ROUNDING) : cut;
    if (!(certificate.gapBound() <= largestGap)) {
      return "the promised gap " + certificate.gapBound() + " > " + largestGap;
    }
    if (!(value <= cut + allowance && cut - value <= certificate.gapBound() + allowance)) {
      return "the value "
          + value
          + " and the cut "
          + cut
          + " are further apart than "
          + certificate.gapBound();
    }
    return "";
  }

  private String detail(
      FlowNetwork network,
      SolveStatus status,
      String failure,
      double value,
      Certificate certificate,
      FlowSolution solution) {
    if (status == SolveStatus.CERTIFIED) {
      return "";
    }
    return (status == SolveStatus.ITERATION_LIMIT ? "stopped after " : "numerical trouble after ")
        + solution.iterations()
        + (solution.iterations() == 1 ? " iteration" : " iterations")
        + (failure.isEmpty() ? "" : ": " + failure)
        + " (value "
        + value
        + ", cut "
        + certificate.cut().capacity()
        + "). Not certified. "
        + cure(status, network);
  }

  /** What may help. */
  private String cure(SolveStatus status, FlowNetwork network) {
    double share = status == SolveStatus.NUMERICAL_TROUBLE ? FaintestNode.share(network) : 1;
    if (share >= FAINT && !network.isAcyclic()) {
      return "Maybe more runs round its cycles than can be told from what flows through; dinic finds"
          + " a maximum flow without them.";
    }
    return share < FAINT
        ? "The capacities of a node are at most "
            + share
            + " of the largest; solvers that compute in 32 bits can lose such a node. Maybe set them"
            + " to 0, or take another solver."
        : "Maybe raise mu to " + 10 * barrier.value() + " or the iteration limit.";
  }

  private static double[] tokenOutflow(PrunedNetwork pruned, ArcFlow arcFlow) {
    FlowNetwork full = pruned.full();
    double[] outflow = new double[full.tokenCount()];
    int first = 0;
    for (int block : full.tokenBlocks()) {
      ArcBlock arcs = full.blocks().get(block);
      int tokens = arcs.tail() == full.source() ? arcs.head() : arcs.tail();
      int[] kept = pruned.kept(tokens);
      ArcBlock prunedArcs = pruned.network().blocks().get(block);
      double[] row = new double[prunedArcs.capacity().columnCount()];
      for (int i = 0, token = 0; i < prunedArcs.capacity().rowCount(); i++) {
        arcFlow.row(block, i, row);
        for (int j = 0; j < row.length; j++) {
          outflow[first + kept[token++]] = row[j];
        }
      }
      first += full.groups().get(tokens).size();
    }
    return outflow;
  }

  private Flow noPath(PrunedNetwork pruned) {
    FlowNetwork full = pruned.full();
    double mu = full.largestCapacity() > 0 ? barrier.absoluteFor(full) : 0;
    List<Double> nothing = Collections.nCopies(full.blocks().size(), 0.0);
    Certificate certificate = new Certificate(0, 0, 0, 0, new Cut(0, nothing), 0);
    return new Flow(
        pruned,
        SolveStatus.NO_PATH,
        whyNoPath(pruned),
        0,
        new double[full.tokenCount()],
        (block, row, into) -> Arrays.fill(into, 0),
        certificate,
        mu,
        full.largestCapacity() > 0 ? barrier.relativeFor(full) : 0,
        true,
        solver.name(),
        0);
  }

  /** Names the first block, from the super-sink, behind which nothing is connected. */
  private static String whyNoPath(PrunedNetwork pruned) {
    FlowNetwork full = pruned.full();
    int empty = pruned.firstEmptyGroup();
    String where = "";
    for (ArcBlock block : full.blocks()) {
      // Of a graph without a path nothing may be left but source and sink: that says nothing more.
      boolean isBetween = block.tail() != full.source() || block.head() != full.sink();
      if (block.tail() == empty && isBetween) {
        where =
            ": from "
                + full.groups().get(empty).name()
                + " to "
                + full.groups().get(block.head()).name()
                + " "
                + whatIsThere(block);
      }
    }
    return "no path from source to sink" + where + ". Scores are zero; status NO_PATH.";
  }

  private static String whatIsThere(ArcBlock block) {
    // A list of arcs is filled up by places that are none.
    int places =
        block.shape() == ArcBlock.Shape.LISTED ? block.ends().count() : block.capacity().size();
    long positive = IntStream.range(0, places).filter(i -> block.capacity().get(i) > 0).count();
    return positive == 0
        ? "none of the " + places + " capacities is positive"
        : "the " + positive + " positive capacities lead only to dead ends";
  }
}
