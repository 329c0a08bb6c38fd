package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.formats.network.NetworkFormats;
import org.attentionflow.formats.network.StoredNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a stored network in another format. */
@Command(
    name = "convert",
    header = "Write a stored network in another format.",
    description = {
      "The ending decides the format. In: json, max or dimacs (DIMACS maximum flow). Out:",
      "those, and graphml and dot, which hold the flow on every arc with --solve. Nodes",
      "keep the numbers of a DIMACS file, but for json, which holds none; nodes on no",
      "path from source to sink are left out."
    },
    sortOptions = false,
    footer = {
      "",
      "Example:  attnflow convert network.json network.max",
      "          attnflow convert network.max flow.graphml --solve --mu-relative 1e-3"
    })
final class ConvertCommand implements Callable<Integer> {
  /** More numbers make a line that nobody reads. */
  private static final int MOST_NODES = 16;

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "IN",
      description = "a network; - is JSON from standard input")
  String in = "";

  @Parameters(index = "1", paramLabel = "OUT", description = "the file to write")
  Path out = Path.of("");

  @Option(names = "--solve", description = "solve the network, and write the flow with it")
  boolean solve;

  @Mixin final SolverOptions options = new SolverOptions();

  ConvertCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    NetworkFormats.checkSuffix(out);
    OutputFiles.checkWritable(out);
    if (solve && !NetworkFormats.holdsFlow(out)) {
      throw new UnusableInputException(
          out
              + ": this format does not hold a flow. Maybe write graphml or dot, or leave out --solve.");
    }
    StoredNetwork stored = NetworkInput.read(in, options.precision, console);
    if (!solve) {
      NetworkFormats.write(out, stored, null);
      if (!NetworkFormats.holdsNumbers(out) && stored.hasOwnNumbers()) {
        console.message(withoutNumbers(stored));
      }
      return ExitCode.OK;
    }
    TimedSolver solver = options.timed();
    HeapForecast.ofSolve(solver, stored.network()).check(console);
    Flow flow =
        new FlowComputation(
                solver,
                options.barrier().orElseGet(() -> SolveCommand.suggested(stored)),
                options.settings())
            .compute(stored.network());
    if (!flow.status().isReliable()) {
      console.message(flow.detail());
      return ExitCode.NOT_CERTIFIED;
    }
    NetworkFormats.write(out, stored, flow);
    return ExitCode.OK;
  }

  /** Which nodes the tokens were, of a file that does not say it any more. */
  private String withoutNumbers(StoredNetwork stored) {
    List<Integer> nodes = stored.tokenNodes();
    String shown =
        nodes.stream().limit(MOST_NODES).map(String::valueOf).collect(Collectors.joining(" "));
    return out
        + " holds no numbers of nodes. Those of its tokens, in their order: "
        + shown
        + (nodes.size() > MOST_NODES ? " ..." : "")
        + ".";
  }
}
