package org.attentionflow.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.testkit.RandomNetworks.Kind;
import org.attentionflow.testkit.RandomRun;
import org.junit.jupiter.api.Test;

/**
 * Every solver on thousands of random networks; too long for the ordinary build, which does not run
 * classes of this name. See benchmarks/README.md.
 */
class LongRandomRun {
  private static final int NETWORKS = Integer.getInteger("random.networks", 10_000);
  private static final int FIRST = Integer.getInteger("random.first", 0);
  private static final String SOLVERS = System.getProperty("random.solvers", "");

  private static final List<Kind> KINDS =
      Stream.of(System.getProperty("random.kinds", "").split(","))
          .flatMap(name -> name.isEmpty() ? Stream.of(Kind.values()) : Stream.of(kind(name)))
          .toList();

  private static Kind kind(String name) {
    return Kind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  @Test
  void noAnswerThatIsCalledReliableIsWrong() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (FlowSolver solver : Plugins.load(FlowSolver.class).all()) {
      boolean isWanted = SOLVERS.isEmpty() || List.of(SOLVERS.split(",")).contains(solver.name());
      if (isWanted && !(solver instanceof HalfFlowSolver)) {
        RandomRun run = RandomRun.of(solver, FIRST, NETWORKS, KINDS);
        lines.add(
            "| `" + run.solver() + "` | " + run.statuses() + " | " + run.wrong().size() + " |");
        run.wrong().forEach(line -> wrong.add(run.solver() + ": " + line));
        Files.write(Path.of("target", "random-run-" + FIRST + ".md"), lines);
      }
    }
    assertEquals(List.of(), wrong);
  }
}
