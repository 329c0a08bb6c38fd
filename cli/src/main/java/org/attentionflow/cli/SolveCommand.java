package org.attentionflow.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.flow.maximum.MaximumFlowRanges;
import org.attentionflow.flow.maximum.TokenRange;
import org.attentionflow.formats.json.ExplanationJson;
import org.attentionflow.formats.network.StoredNetwork;
import org.attentionflow.network.FlowNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Solves one stored network; no model is needed. */
@Command(
    name = "solve",
    header = "Solve the flow problem of a stored network.",
    description = {
      "The barrier parameter is that of the command line; else the file's absolute one,",
      "else its relative one, else the default."
    },
    sortOptions = false,
    footer = {
      "",
      "Example:  attnflow solve network.json --solver barrier --mu-relative 1e-4 --json"
    })
final class SolveCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      description = "a network as JSON, or DIMACS (.max, .dimacs); - is JSON from standard input")
  String file = "";

  @Mixin final SolverOptions options = new SolverOptions();

  @Option(names = "--json", description = "print JSON")
  boolean json;

  @Option(
      names = "--ranges",
      description = "also print the range of each token's outflow over all maximum flows")
  boolean ranges;

  SolveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    TimedSolver solver = options.timed();
    SolverSettings settings = options.settings();
    StoredNetwork stored = NetworkInput.read(file, options.precision, console);
    console.timings().end("read");
    BarrierParameter barrier = options.barrier().orElseGet(() -> suggested(stored));
    forecast(solver, stored.network()).check(console);
    Flow flow = new FlowComputation(solver, barrier, settings).compute(stored.network());
    console.timings().end("solve");
    List<TokenRange> found = ranges ? MaximumFlowRanges.of(flow) : List.of();
    if (json) {
      ExplanationJson.writeFlow(
          flow, stored.tokenNodes(), found, solver.kernel(), solver.seconds(), console.out());
      console.out().println();
    } else {
      print(stored, flow, solver);
    }
    if (ranges && !json && flow.status().isReliable()) {
      List<String> names = TokenNames.of(stored).first(found.size());
      RangeView.print(names, flow.tokenOutflow(), found, console.out());
    }
    if (!flow.status().isReliable()) {
      console.message(flow.detail());
      return ExitCode.NOT_CERTIFIED;
    }
    if (options.isAbsolute()) {
      MuRemark.ofAbsolute(flow).ifPresent(console::message);
    }
    return ExitCode.OK;
  }

  private HeapForecast forecast(FlowSolver solver, FlowNetwork network) {
    return ranges ? HeapForecast.ofRanges(solver, network) : HeapForecast.ofSolve(solver, network);
  }

  /** The barrier parameter that a network asks for, or the default. */
  static BarrierParameter suggested(StoredNetwork stored) {
    if (stored.barrierParameter().isPresent()) {
      return BarrierParameter.absolute(stored.barrierParameter().getAsDouble());
    }
    return BarrierParameter.relative(
        stored.relativeBarrierParameter().orElse(BarrierParameter.DEFAULT_RELATIVE));
  }

  private void print(StoredNetwork stored, Flow flow, TimedSolver solver) {
    Table table = new Table();
    table.row("network", TerminalText.oneLine(stored.name()) + ", " + size(stored.network()));
    table.row("status", flow.status() + (flow.detail().isEmpty() ? "" : ": " + flow.detail()));
    table.row("flow value", Double.toString(flow.value()));
    table.row("cut", flow.certificate().cut().capacity() + " (an upper bound on the maximum flow)");
    table.row(
        "mu",
        Numbers.plain(flow.barrierParameter())
            + " absolute, "
            + Numbers.plain(flow.relativeBarrierParameter())
            + " of the largest capacity");
    table.row("gap bound", Numbers.brief(flow.certificate().gapBound()));
    table.row("conservation", Numbers.brief(flow.certificate().conservationResidual()));
    RoundingText.of(flow).ifPresent(rounding -> table.row("capacities", rounding));
    table.row(
        "solver",
        flow.solver()
            + ", "
            + (solver.kernel().isEmpty() ? "" : "kernel " + solver.kernel() + ", ")
            + flow.iterations()
            + " iterations, "
            + Numbers.seconds(solver.seconds())
            + (flow.isUnique() ? "" : "; arc flows are not unique"));
    table.print(console.out());
    if (flow.status().isReliable()) {
      console.out().println(outflow(stored, flow));
    }
  }

  /** The outflow of every token, behind the number of its node if the file numbers nodes. */
  private static String outflow(StoredNetwork stored, Flow flow) {
    TokenNames names = TokenNames.of(stored);
    StringBuilder outflow =
        new StringBuilder(names.hasNodes() ? "outflow by node" : "token outflow");
    for (int i = 0; i < flow.tokenOutflow().length; i++) {
      outflow.append(names.hasNodes() ? " " + names.at(i) + ":" : " ");
      outflow.append(Numbers.brief(flow.tokenOutflow()[i]));
    }
    return outflow.toString();
  }

  private static String size(FlowNetwork network) {
    return network.tokenCount()
        + " tokens, "
        + network.nodeCount()
        + " nodes, "
        + network.arcCount()
        + " arcs";
  }
}
