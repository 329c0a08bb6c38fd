package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.formats.json.JsonOutput;
import org.attentionflow.formats.network.NetworkFormats;
import org.attentionflow.formats.network.StoredNetwork;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a solver on a network that is made up. */
@Command(
    name = "bench",
    header = "Measure a flow solver on a random network of the shape that models give.",
    description =
        "After a warm-up the median of several solves; building and certification do not count.",
    sortOptions = false,
    footer = {"", "Example:  attnflow bench --layers 12 --tokens 512 --mu-relative 1e-3"})
final class BenchCommand implements Callable<Integer> {
  /** What the network is like. */
  enum Kind {
    ATTENTION,
    ATTENTION_GRADIENT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Warm-up: this many solves, but no new one after so many seconds. */
  private static final int WARM_UP_RUNS = 5;

  private static final double WARM_UP_SECONDS = 5;

  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "measure on this stored network, JSON or DIMACS, instead of a random one")
  @Nullable String file;

  @Option(names = "--layers", paramLabel = "N", description = "layers (12)")
  int layers = 12;

  @Option(names = "--tokens", paramLabel = "N", description = "tokens (128)")
  int tokens = 128;

  @Option(names = "--heads", paramLabel = "N", description = "heads that are averaged (1)")
  int heads = 1;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "attention (default) or attention-gradient")
  Kind kind = Kind.ATTENTION;

  @Option(names = "--seed", paramLabel = "N", description = "seed of the network (7)")
  long seed = 7;

  @Option(names = "--runs", paramLabel = "N", description = "solves that are measured (5)")
  int runs = 5;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "also write the network: json, max, graphml or dot by its ending")
  @Nullable Path export;

  @Mixin final SolverOptions options = new SolverOptions();

  @Option(names = "--json", description = "print JSON")
  boolean json;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (layers < 1 || tokens < 1 || heads < 1 || runs < 1) {
      throw new UnusableInputException("Layers, tokens, heads and runs must be at least 1.");
    }
    TimedSolver solver = options.timed();
    if (export != null) {
      NetworkFormats.checkSuffix(export);
      OutputFiles.checkWritable(export);
    }
    StoredNetwork given = file == null ? null : NetworkInput.read(file, console);
    FlowNetwork network = given == null ? network() : given.network();
    SolveCommand.checkMemory(solver, network);
    BarrierParameter barrier =
        options
            .barrier()
            .orElseGet(
                () ->
                    given == null
                        ? BarrierParameter.relative(BarrierParameter.DEFAULT_RELATIVE)
                        : SolveCommand.suggested(given));
    if (export != null) {
      NetworkFormats.write(export, given == null ? stored(network, barrier) : given, null);
    }
    FlowComputation computation = new FlowComputation(solver, barrier, options.settings());

    long begin = System.nanoTime();
    for (int i = 0; i < WARM_UP_RUNS && seconds(begin) < WARM_UP_SECONDS; i++) {
      computation.compute(network);
    }
    Flow flow = computation.compute(network);
    double[] times = new double[runs];
    for (int i = 0; i < runs; i++) {
      flow = computation.compute(network);
      times[i] = solver.seconds();
    }
    report(flow, median(times));
    if (!flow.status().isReliable()) {
      console.message(flow.detail());
      return ExitCode.NOT_CERTIFIED;
    }
    return ExitCode.OK;
  }

  private FlowNetwork network() {
    SyntheticInformation.Kind like =
        kind == Kind.ATTENTION
            ? SyntheticInformation.Kind.ATTENTION
            : SyntheticInformation.Kind.ATTENTION_GRADIENT;
    InformationTensor information = SyntheticInformation.of(like, layers, tokens, heads, seed);
    return new BackwardNetworkBuilder().build(information, NetworkSettings.defaults());
  }

  private StoredNetwork stored(FlowNetwork network, BarrierParameter barrier) {
    OptionalDouble value = OptionalDouble.of(barrier.value());
    return new StoredNetwork(
        kind + "-" + layers + "x" + tokens + "-seed" + seed,
        network,
        barrier.isRelative() ? OptionalDouble.empty() : value,
        barrier.isRelative() ? value : OptionalDouble.empty());
  }

  private void report(Flow flow, double seconds) throws IOException {
    long arcs = flow.network().full().arcCount();
    if (json) {
      Json.print(console, out -> write(flow, seconds, arcs, out));
      return;
    }
    Table table = new Table();
    table.row(
        "network",
        (file == null
                ? kind + "-like, " + layers + " layers, " + tokens + " tokens, "
                : TerminalText.oneLine(file) + ", ")
            + arcs
            + " arcs");
    table.row("solver", flow.solver() + ", " + flow.iterations() + " iterations");
    table.row("median of " + runs, Numbers.seconds(seconds));
    table.row("status", flow.status().toString());
    table.row("flow value", Double.toString(flow.value()));
    table.row("conservation", Numbers.brief(flow.certificate().conservationResidual()));
    table.print(console.out());
  }

  private void write(Flow flow, double seconds, long arcs, JsonOutput out) throws IOException {
    out.beginObject();
    out.name("seconds").value(seconds);
    out.name("conservationResidual").value(flow.certificate().conservationResidual());
    out.name("status").value(flow.status().name());
    out.name("value").value(flow.value());
    out.name("iterations").value(flow.iterations());
    if (file == null) {
      out.name("layers").value(layers);
      out.name("tokens").value(tokens);
    }
    out.name("arcs").value((int) arcs);
    out.name("solver").value(flow.solver());
    out.name("relativeBarrierParameter").value(flow.relativeBarrierParameter());
    out.name("runs").value(runs);
    if (file == null) {
      out.name("kind").value(kind.toString());
      out.name("heads").value(heads);
      out.name("seed").value((double) seed);
    }
    out.endObject();
  }

  /** The middle time; of an even number the mean of the two in the middle. */
  static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
