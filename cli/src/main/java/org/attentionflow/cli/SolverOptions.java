package org.attentionflow.cli;

import java.util.Optional;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.pipeline.SettingsKey;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.tensor.Precision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The solver and its settings, for commands that need no model. */
final class SolverOptions {
  /** The barrier parameter, in one of its two forms. */
  static final class Mu {
    @Option(
        names = "--mu-relative",
        paramLabel = "X",
        description = "barrier parameter relative to the largest capacity (1e-3)")
    @Nullable Double relative;

    @Option(
        names = {"--mu", "--mu-absolute"},
        paramLabel = "X",
        description = "the same, absolute; in explain --mu is relative")
    @Nullable Double absolute;
  }

  @Option(names = "--solver", paramLabel = "NAME", description = "flow solver: see list solvers")
  String solver = SettingsKey.SOLVER.defaultValue();

  @ArgGroup(exclusive = true)
  Mu mu = new Mu();

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description = "largest imbalance, relative to the largest capacity (1e-10)")
  double tolerance = SolverSettings.defaults().conservationTolerance();

  @Option(names = "--iteration-limit", paramLabel = "N", description = "most iterations (200)")
  int iterationLimit = SolverSettings.defaults().iterationLimit();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of the solver (all processors)")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description = "capacities in 64 or 32 bits: double (default) or float")
  Precision precision = Precision.DOUBLE;

  /** The solver, with a clock. */
  TimedSolver timed() {
    return new TimedSolver(Plugins.load(FlowSolver.class).get(solver));
  }

  /** The barrier parameter that was given. */
  Optional<BarrierParameter> barrier() {
    if (mu.absolute != null) {
      return Optional.of(BarrierParameter.absolute(mu.absolute));
    }
    return mu.relative == null
        ? Optional.empty()
        : Optional.of(BarrierParameter.relative(mu.relative));
  }

  /** Whether the barrier parameter was given in the unit of the capacities. */
  boolean isAbsolute() {
    return mu.absolute != null;
  }

  /** Tolerance and limits. */
  SolverSettings settings() {
    return new SolverSettings(tolerance, iterationLimit, threads);
  }
}
