package org.attentionflow.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.pipeline.Explainer;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.provenance.Provenance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks that everything works on this machine. */
@Command(
    name = "doctor",
    header = "Check that Java, the engines, the solvers and the built-in model work here.",
    sortOptions = false,
    footer = {"", "Exit code 3 if something failed.", "", "Example:  attnflow doctor"})
final class DoctorCommand implements Callable<Integer> {
  private static final String SENTENCE = "although this dog is not cute, it is very smart.";

  private final Console console;
  private final List<Check> checks = new ArrayList<>();

  @Option(names = "--json", description = "print JSON")
  boolean json;

  /** One line of the report. */
  private record Check(String name, boolean ok, String detail) {}

  /** Something that either says what it found or throws. */
  @FunctionalInterface
  private interface Probe {
    String run() throws Exception;
  }

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    check("version", Provenance::programVersion);
    check("Java", DoctorCommand::java);
    check("system", DoctorCommand::system);
    check("memory", DoctorCommand::memory);
    check("engines", () -> present(Plugins.load(ModelEngine.class)));
    for (ModelEngine engine : Plugins.load(ModelEngine.class).all()) {
      check("engine " + engine.name(), engine::probe);
    }
    check("solvers", () -> present(Plugins.load(FlowSolver.class)));
    for (FlowSolver solver : Plugins.load(FlowSolver.class).all()) {
      check("solver " + solver.name(), () -> solve(solver));
    }
    check("built-in model", DoctorCommand::explain);
    boolean healthy = checks.stream().allMatch(Check::ok);
    report();
    return healthy ? ExitCode.OK : ExitCode.UNUSABLE;
  }

  private void check(String name, Probe probe) {
    Check check;
    try {
      check = new Check(name, true, probe.run());
    } catch (Exception | LinkageError | OutOfMemoryError failure) {
      check = new Check(name, false, FailureReport.of(failure).message());
    }
    checks.add(check);
    if (!json) {
      console
          .out()
          .println(
              TerminalText.pad(check.ok() ? "ok" : "FAILED", 8)
                  + TerminalText.pad(check.name(), 31)
                  + TerminalText.oneLine(check.detail()));
      console.out().flush();
    }
  }

  private void report() throws IOException {
    if (!json) {
      return;
    }
    Json.print(
        console,
        out -> {
          out.beginArray();
          for (Check check : checks) {
            out.beginObject();
            out.name("name").value(check.name());
            out.name("ok").value(check.ok());
            out.name("detail").value(check.detail());
            out.endObject();
          }
          out.endArray();
        });
  }

  private static String java() {
    return System.getProperty("java.version")
        + " ("
        + System.getProperty("java.vendor")
        + ") at "
        + System.getProperty("java.home");
  }

  private static String system() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors";
  }

  private static String memory() {
    String physical =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean bean
            ? ", machine " + gigabytes(bean.getTotalMemorySize())
            : "";
    return "heap up to " + gigabytes(Runtime.getRuntime().maxMemory()) + physical;
  }

  private static String gigabytes(long bytes) {
    return Numbers.brief(bytes / 1e9) + " GB";
  }

  private static String present(Plugins<?> plugins) {
    if (plugins.all().isEmpty()) {
      throw new UnusableInputException("None is on the class path.");
    }
    return String.join(", ", plugins.all().stream().map(plugin -> plugin.name()).toList());
  }

  /** Solves a network of 3 layers and 5 tokens. */
  private static String solve(FlowSolver solver) {
    FlowNetwork network =
        new BackwardNetworkBuilder()
            .build(
                SyntheticInformation.of(SyntheticInformation.Kind.ATTENTION, 3, 5, 1, 7),
                NetworkSettings.defaults());
    Flow flow =
        new FlowComputation(
                solver,
                BarrierParameter.relative(BarrierParameter.DEFAULT_RELATIVE),
                SolverSettings.defaults())
            .compute(network);
    if (!flow.status().isReliable()) {
      throw new UnusableInputException(flow.status() + ": " + flow.detail());
    }
    return flow.status() + ", flow value " + Numbers.brief(flow.value());
  }

  private static String explain() {
    try (ModelLocation model = ModelLocation.of(ModelLocation.BUILT_IN);
        Explainer explainer = Explainer.open(model.path(), Settings.defaults())) {
      Explanation explanation = explainer.explain(SENTENCE);
      if (!explanation.isReliable()) {
        throw new UnusableInputException(ExplainCommand.notCertified(explanation));
      }
      String best =
          ScoredPart.words(explanation).stream()
              .max(Comparator.comparingDouble(ScoredPart::score))
              .map(ScoredPart::text)
              .orElse("");
      return explanation.model().name()
          + " read \""
          + SENTENCE
          + "\": "
          + explanation.prediction().label()
          + ", most by \""
          + best
          + "\"";
    }
  }
}
