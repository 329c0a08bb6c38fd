package org.attentionflow.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.formats.network.StoredNetwork;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.pipeline.Explainer;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.pipeline.SettingsKey;
import org.attentionflow.pipeline.TextResult;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.tensor.Precision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the barrier parameter does to the scores. */
@Command(
    name = "mu-path",
    header = "Solve a network or a text for a whole path of barrier parameters.",
    description = {
      "Per mu: the flow value, the capacity of the best cut (an upper bound), where it",
      "lies, how far the value may be below the maximum flow (gap bound), the scores.",
      "tau is Kendall's rank correlation of the scores with those at the next smaller",
      "mu; change is the largest change of a score to there, relative to the largest",
      "score. For many texts the table holds means."
    },
    sortOptions = false,
    footer = {
      "",
      "Example:  attnflow mu-path --text \"it is very smart\" --method agf",
      "          attnflow mu-path network.json --from 1e-1 --to 1e-6 --points 11 --json"
    })
final class MuPathCommand implements Callable<Integer> {
  /** What is solved: a stored network, a text, or many. */
  static final class Input {
    @Parameters(
        paramLabel = "FILE",
        arity = "0..1",
        description = "a network as JSON or DIMACS; - is JSON from standard input")
    @Nullable String network;

    @Option(names = "--text", paramLabel = "TEXT", description = "a text")
    @Nullable String text;

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "texts, one per line, UTF-8; - is standard input")
    @Nullable String texts;
  }

  private final Console console;

  @ArgGroup(exclusive = true, multiplicity = "1")
  Input input = new Input();

  @Mixin final ModelOptions model = new ModelOptions();
  @Mixin final MuRange range = new MuRange();

  @Mixin final PartOptions parts = new PartOptions();

  @Option(
      names = "--independent",
      description = "solve each mu on its own, not from the solution before; shows its time")
  boolean independent;

  @ArgGroup(exclusive = true)
  Form form = new Form();

  /** How the result is printed. */
  static final class Form {
    @Option(names = "--json", description = "print JSON: an array with one object per mu")
    boolean json;

    @Option(names = "--csv", description = "print CSV: one line per mu")
    boolean csv;
  }

  private boolean isCertified = true;
  private boolean hasHeader;
  private int failed;

  MuPathCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    double[] mus = range.falling();
    Settings settings = parts.over(Settings.defaults(), model.engine);
    TimedSolver timed =
        new TimedSolver(Plugins.load(FlowSolver.class).get(settings.get(SettingsKey.SOLVER)));
    boolean isAlone = input.texts == null;
    SolverSettings solverSettings =
        (isAlone ? settings.alone() : settings).method().solverSettings();
    if (input.network != null) {
      Precision precision = settings.method().network().precision();
      StoredNetwork stored = NetworkInput.read(input.network, precision, console);
      FlowNetwork network = stored.network();
      HeapForecast.ofSolves(timed, network, mus.length - 1).check(console);
      TokenNames names = TokenNames.of(stored);
      show(0, MuPath.of(network, names, timed, solverSettings, mus, independent));
      return isCertified ? ExitCode.OK : ExitCode.NOT_CERTIFIED;
    }
    try (ModelLocation location = model.locate();
        Explainer explainer = Explainer.open(location.path(), settings)) {
      if (input.text != null) {
        Explanation explanation = explainer.explain(input.text);
        show(0, path(explanation, timed, solverSettings, mus));
        return isCertified ? ExitCode.OK : ExitCode.NOT_CERTIFIED;
      }
      return many(explainer, timed, solverSettings, mus);
    }
  }

  private int many(
      Explainer explainer, TimedSolver timed, SolverSettings solverSettings, double[] mus)
      throws IOException {
    TextOptions options = new TextOptions();
    options.file = Objects.requireNonNull(input.texts);
    List<String> texts = options.read(console);
    MuPathSummary summary = new MuPathSummary();
    Progress progress =
        Progress.of(console.err(), console.surroundings().errorIsTerminal(), texts.size());
    explainer.explainAll(
        texts,
        result -> {
          accept(result, timed, solverSettings, mus, summary);
          progress.step();
        });
    progress.end();
    if (!form.json && !form.csv) {
      summary.print(console);
    }
    return failed > 0 ? ExitCode.SOME_FAILED : ExitCode.OK;
  }

  private void accept(
      TextResult result,
      TimedSolver timed,
      SolverSettings solverSettings,
      double[] mus,
      MuPathSummary summary) {
    Explanation explanation = result.explanation();
    if (explanation == null) {
      failed++;
      console.message("record " + (result.index() + 1) + ": " + result.failure());
      return;
    }
    try {
      MuPath path = path(explanation, timed, solverSettings, mus);
      summary.add(path);
      failed += path.failure().isEmpty() ? 0 : 1;
      if (form.json || form.csv) {
        show(result.index(), path);
        console.checkOutput();
      } else if (!path.failure().isEmpty()) {
        console.message("record " + (result.index() + 1) + ": " + path.failure());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MuPath path(
      Explanation explanation, TimedSolver timed, SolverSettings solverSettings, double[] mus) {
    Flow flow =
        explanation
            .attribution()
            .flowResult()
            .orElseThrow(
                () ->
                    new UnusableInputException(
                        "The method "
                            + explanation.attribution().method()
                            + " has no flow and no barrier parameter. Maybe --method agf."));
    TokenNames tokens = TokenNames.of(explanation.tokens().tokens());
    return MuPath.of(flow.network().full(), tokens, timed, solverSettings, mus, independent);
  }

  private void show(int record, MuPath path) throws IOException {
    if (form.json) {
      Json.print(console, json -> MuPathText.write(path, json));
    } else if (form.csv) {
      if (!hasHeader) {
        console.out().append(MuPathText.CSV_HEADER).append('\n');
        hasHeader = true;
      }
      MuPathText.writeCsv(record, path, console.out());
    } else {
      MuPathText.print(path, console);
    }
    if (!path.failure().isEmpty()) {
      isCertified = false;
      console.message(path.failure());
    }
  }
}
