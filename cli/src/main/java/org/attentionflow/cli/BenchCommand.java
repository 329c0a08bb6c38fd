package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.formats.benchmark.Analysis;
import org.attentionflow.formats.benchmark.BenchmarkFile;
import org.attentionflow.formats.benchmark.BenchmarkReports;
import org.attentionflow.formats.benchmark.BenchmarkRun;
import org.attentionflow.formats.benchmark.Times;
import org.attentionflow.formats.json.JsonOutput;
import org.attentionflow.formats.network.NetworkFormats;
import org.attentionflow.formats.network.StoredNetwork;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.tensor.Precision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a solver on a network that is made up. */
@Command(
    name = "bench",
    header = "Measure a flow solver on a random network of the shape that models give.",
    description =
        "After a warm-up the median of several solves; building and certification do not count.",
    sortOptions = false,
    footer = {
      "",
      "Example:  attnflow bench --layers 12 --tokens 512 --mu-relative 1e-3",
      "          attnflow bench --sweep --tokens 32,64,128,256 -o report.html"
    })
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

  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "measure on this stored network, JSON or DIMACS")
  @Nullable String file;

  @Option(names = "--layers", paramLabel = "N", split = ",", description = "layers (12)")
  List<Integer> layers = List.of(12);

  @Option(names = "--tokens", paramLabel = "N", split = ",", description = "tokens (128)")
  List<Integer> tokens = List.of(128);

  @Option(names = "--heads", paramLabel = "N", description = "heads that are averaged (1)")
  int heads = 1;

  @Option(
      names = {"--kind", "--kinds"},
      paramLabel = "KIND",
      split = ",",
      description = "attention (default) or attention-gradient")
  List<Kind> kinds = List.of(Kind.ATTENTION);

  @Option(names = "--seed", paramLabel = "N", description = "seed of the network (7)")
  long seed = 7;

  @Option(names = "--runs", paramLabel = "N", description = "solves that are measured (9)")
  int runs = 9;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "seconds of solves before the measurement (3); 0: none")
  double warmUp = WarmUp.SECONDS;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "also write the network: json, max, graphml or dot by its ending")
  @Nullable Path export;

  @Mixin final SolverOptions options = new SolverOptions();

  @Option(names = "--json", description = "print JSON")
  boolean json;

  @Option(names = "--sweep", description = "report on all combinations of lists, as of --tokens")
  boolean sweep;

  @Option(
      names = "--solvers",
      paramLabel = "NAME",
      split = ",",
      description = "the solvers of a sweep; --solver without it")
  List<String> solvers = List.of();

  @Option(names = "--report", paramLabel = "FILE", description = "report on results of JMH in JSON")
  @Nullable Path results;

  @Mixin final BenchReportOptions report = new BenchReportOptions();

  @Spec @Nullable CommandSpec spec;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    check();
    report.check();
    if (results != null) {
      print(report.write(BenchmarkFile.read(results, report.given())));
      return ExitCode.OK;
    }
    return sweep ? measureAll() : measureOne();
  }

  private void check() {
    boolean isPositive =
        layers.stream().allMatch(n -> n > 0) && tokens.stream().allMatch(n -> n > 0);
    if (!isPositive || heads < 1 || runs < 1 || !(warmUp >= 0)) {
      throw new UnusableInputException(
          "Layers, tokens, heads and runs must be at least 1, and the warm-up not negative.");
    }
    boolean isReport = sweep || results != null;
    if (sweep && results != null) {
      throw UsageError.of(spec, "Give --sweep or --report, not both.");
    }
    if (isReport && export != null) {
      throw UsageError.of(spec, "--export writes one network: leave out --sweep and --report.");
    }
    boolean hasLists = layers.size() > 1 || tokens.size() > 1 || kinds.size() > 1;
    if (!isReport && (hasLists || !solvers.isEmpty() || report.isUsed())) {
      throw UsageError.of(
          spec, "Lists, --solvers, --baseline and -o belong to a report. Maybe add --sweep.");
    }
  }

  private int measureAll() throws IOException {
    List<String> names = solvers.isEmpty() ? List.of(options.solver) : solvers;
    BenchmarkRun run =
        new BenchSweep(
                this::network,
                options.precision,
                barrier(),
                options.settings(),
                runs,
                new WarmUp(warmUp),
                console::message)
            .measure(kinds, layers, tokens, names, report.today());
    if (run.measurements().isEmpty()) {
      return ExitCode.MEMORY; // why was said instance by instance
    }
    print(report.write(run));
    boolean isReliable =
        run.measurements().stream().allMatch(m -> SolveStatus.valueOf(m.status()).isReliable());
    return isReliable ? ExitCode.OK : ExitCode.NOT_CERTIFIED;
  }

  private void print(Analysis analysis) throws IOException {
    if (json) {
      BenchmarkReports.write("json", analysis, console.out());
    } else {
      BenchTables.print(analysis, console.out());
    }
  }

  private BarrierParameter barrier() {
    return options
        .barrier()
        .orElseGet(() -> BarrierParameter.relative(BarrierParameter.DEFAULT_RELATIVE));
  }

  private int measureOne() throws IOException {
    TimedSolver solver = options.timed();
    if (export != null) {
      NetworkFormats.checkSuffix(export);
      OutputFiles.checkWritable(export);
    }
    StoredNetwork given = file == null ? null : NetworkInput.read(file, options.precision, console);
    FlowNetwork network = given == null ? madeUp(solver) : given.network();
    HeapForecast.ofSolves(solver, network, 1).check(console);
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
    TimedRuns timed = TimedRuns.of(computation, network, solver, new WarmUp(warmUp), runs);
    Flow flow = timed.flow();
    report(flow, timed.times());
    if (!flow.status().isReliable()) {
      console.message(flow.detail());
      return ExitCode.NOT_CERTIFIED;
    }
    return ExitCode.OK;
  }

  private FlowNetwork madeUp(TimedSolver solver) {
    long limit = Runtime.getRuntime().maxMemory();
    if (!HeapForecast.ofBuilding(layers.get(0), tokens.get(0), options.precision).fits(limit)) {
      new BuildForecast(this::network, kinds.get(0), solver)
          .of(layers.get(0), tokens.get(0), options.precision)
          .check(limit);
    }
    return network(kinds.get(0), layers.get(0), tokens.get(0));
  }

  private FlowNetwork network(Kind kind, int layers, int tokens) {
    SyntheticInformation.Kind like =
        kind == Kind.ATTENTION
            ? SyntheticInformation.Kind.ATTENTION
            : SyntheticInformation.Kind.ATTENTION_GRADIENT;
    InformationTensor information =
        SyntheticInformation.of(like, layers, tokens, heads, seed, options.precision);
    return new BackwardNetworkBuilder()
        .build(information, NetworkSettings.defaults())
        .in(options.precision);
  }

  private StoredNetwork stored(FlowNetwork network, BarrierParameter barrier) {
    OptionalDouble value = OptionalDouble.of(barrier.value());
    return new StoredNetwork(
        kinds.get(0) + "-" + layers.get(0) + "x" + tokens.get(0) + "-seed" + seed,
        network,
        barrier.isRelative() ? OptionalDouble.empty() : value,
        barrier.isRelative() ? value : OptionalDouble.empty());
  }

  private void report(Flow flow, Times times) throws IOException {
    long arcs = flow.network().full().arcCount();
    if (json) {
      Json.print(console, out -> write(flow, times, arcs, out));
      return;
    }
    Table table = new Table();
    table.row(
        "network",
        (file == null
                ? kinds.get(0)
                    + "-like, "
                    + layers.get(0)
                    + " layers, "
                    + tokens.get(0)
                    + " tokens, "
                : TerminalText.oneLine(file) + ", ")
            + arcs
            + " arcs");
    table.row("solver", flow.solver() + ", " + flow.iterations() + " iterations" + means());
    String warmth = times.isWarm() ? "" : ", without a warm-up";
    table.row("median of " + runs, Numbers.seconds(times.median()) + warmth);
    table.row("status", flow.status().toString());
    table.row("flow value", Double.toString(flow.value()));
    table.row("conservation", Numbers.brief(flow.certificate().conservationResidual()));
    RoundingText.of(flow).ifPresent(rounding -> table.row("capacities", rounding));
    table.print(console.out());
  }

  /** What the solver computes with. */
  private String means() {
    String kernel = options.timed().kernel();
    return ", threads " + options.threads + (kernel.isEmpty() ? "" : ", kernel " + kernel);
  }

  private void write(Flow flow, Times times, long arcs, JsonOutput out) throws IOException {
    out.beginObject();
    out.name("seconds").value(times.median());
    out.name("conservationResidual").value(flow.certificate().conservationResidual());
    out.name("status").value(flow.status().name());
    out.name("value").value(flow.value());
    out.name("iterations").value(flow.iterations());
    if (file == null) {
      out.name("layers").value(layers.get(0));
      out.name("tokens").value(tokens.get(0));
    }
    out.name("threads").value(options.threads);
    if (options.precision == Precision.FLOAT) {
      out.name("capacityRounding").value(flow.network().full().rounding().relative());
    }
    if (!options.timed().kernel().isEmpty()) {
      out.name("kernel").value(options.timed().kernel());
    }
    out.name("arcs").value((int) arcs);
    out.name("solver").value(flow.solver());
    out.name("relativeBarrierParameter").value(flow.relativeBarrierParameter());
    out.name("runs").value(runs);
    out.name("warmedUp").value(times.isWarm());
    if (file == null) {
      out.name("kind").value(kinds.get(0).toString());
      out.name("heads").value(heads);
      out.name("seed").value((double) seed);
    }
    out.endObject();
  }
}
