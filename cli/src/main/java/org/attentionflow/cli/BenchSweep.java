package org.attentionflow.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.formats.benchmark.BenchmarkRun;
import org.attentionflow.formats.benchmark.Instance;
import org.attentionflow.formats.benchmark.Machine;
import org.attentionflow.formats.benchmark.Measurement;
import org.attentionflow.formats.benchmark.SweepTimes;
import org.attentionflow.formats.benchmark.Yardstick;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.tensor.Precision;

/** Measures solvers on networks of many sizes. */
final class BenchSweep {
  /** Makes the network of an instance. */
  @FunctionalInterface
  interface Networks {
    FlowNetwork make(BenchCommand.Kind kind, int layers, int tokens);
  }

  private final Plugins<FlowSolver> present = Plugins.load(FlowSolver.class);
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<SweepTimes> sweeps = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final Networks networks;
  private final Precision precision;
  private final BarrierParameter barrier;
  private final SolverSettings settings;
  private final int runs;
  private final WarmUp warmUp;
  private final Consumer<String> message;

  BenchSweep(
      Networks networks,
      Precision precision,
      BarrierParameter barrier,
      SolverSettings settings,
      int runs,
      WarmUp warmUp,
      Consumer<String> message) {
    this.networks = networks;
    this.precision = precision;
    this.barrier = barrier;
    this.settings = settings;
    this.runs = runs;
    this.warmUp = warmUp;
    this.message = message;
  }

  /**
   * Measures every combination; what does not fit is skipped with a message.
   *
   * @throws UnusableInputException if there is no solver of one of the names
   */
  BenchmarkRun measure(
      List<BenchCommand.Kind> kinds,
      List<Integer> layers,
      List<Integer> tokens,
      List<String> names,
      Machine machine) {
    List<TimedSolver> solvers = names.stream().map(present::get).map(TimedSolver::new).toList();
    for (BenchCommand.Kind kind : kinds) {
      for (int layer : layers) {
        for (int token : tokens) {
          measure(kind, layer, token, solvers);
        }
      }
    }
    return new BenchmarkRun(
        machine,
        "median of "
            + runs
            + (warmUp.isNone() ? " solves without a warm-up" : " solves after a warm-up")
            + ", without building and certification",
        HeapPeak.MEANING,
        "barrier parameter "
            + Numbers.plain(barrier.value())
            + (barrier.isRelative() ? " of the largest capacity" : " absolute")
            + ", imbalance at most "
            + Numbers.plain(settings.conservationTolerance())
            + " of the largest capacity, threads "
            + settings.threads()
            + (precision == Precision.FLOAT ? ", capacities in 32 bits" : ""),
        measurements,
        sweeps,
        List.of(),
        skipped);
  }

  private void measure(BenchCommand.Kind kind, int layers, int tokens, List<TimedSolver> solvers) {
    String name = kind + ", " + layers + " layers, " + tokens + " tokens";
    HeapForecast building = HeapForecast.ofBuilding(layers, tokens, precision);
    if (!fits(name, building)) {
      return;
    }
    FlowNetwork network = networks.make(kind, layers, tokens);
    PrunedNetwork pruned = PrunedNetwork.of(network);
    Instance instance = new Instance(kind.toString(), layers, tokens, network.arcCount());
    double mu = barrier.absoluteFor(network);
    if (pruned.hasPath() && fits(name + ", yardstick", building.and(Yardstick.bytes(network)))) {
      double relative = mu / network.largestCapacity();
      sweeps.add(new Yardstick(pruned.network(), relative).measure(instance, runs));
    }
    for (TimedSolver solver : solvers) {
      if (fits(name + ", " + solver.name(), HeapForecast.ofSolves(solver, network, 1))) {
        measurements.add(measure(instance, network, pruned, mu, solver));
      }
    }
  }

  private Measurement measure(
      Instance instance, FlowNetwork network, PrunedNetwork pruned, double mu, TimedSolver solver) {
    FlowComputation computation = new FlowComputation(solver, barrier, settings);
    TimedRuns timed = TimedRuns.of(computation, network, solver, warmUp, runs);
    Flow flow = timed.flow();
    FlowProblem problem = new FlowProblem(pruned.network(), mu, settings);
    double bytes = pruned.hasPath() ? HeapPeak.bytes(() -> solver.solve(problem)) : Double.NaN;
    if (!flow.status().isReliable()) {
      message.accept(
          instance.series()
              + ", "
              + instance.tokens()
              + " tokens, "
              + solver.name()
              + ": "
              + flow.detail());
    }
    return new Measurement(
        instance,
        solver.name(),
        timed.times(),
        flow.iterations(),
        flow.status().name(),
        flow.certificate().conservationResidual(),
        bytes);
  }

  private boolean fits(String instance, HeapForecast forecast) {
    long limit = Runtime.getRuntime().maxMemory();
    if (!forecast.fits(limit)) {
      skip(instance + ": " + forecast.need(limit));
    }
    return forecast.fits(limit);
  }

  private void skip(String line) {
    skipped.add(line);
    message.accept("skipped: " + line + ".");
  }
}
