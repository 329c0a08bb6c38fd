package org.attentionflow.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.plugin.Plugins;
import org.openjdk.jmh.runner.RunnerException;

/**
 * JMH's own command line, but solvers that are not here are left out from the start instead of
 * failing one by one.
 */
public final class Main {
  private static final String SOLVERS = "solver=";

  private Main() {}

  /** Runs JMH with its arguments. */
  public static void main(String[] args) throws RunnerException, java.io.IOException {
    org.openjdk.jmh.Main.main(withoutAbsent(args, present()).toArray(new String[0]));
  }

  private static Collection<String> present() {
    return Plugins.load(FlowSolver.class).all().stream().map(FlowSolver::name).toList();
  }

  /** The arguments, without the absent ones of a list {@code -p solver=a,b}. */
  static List<String> withoutAbsent(String[] args, Collection<String> present) {
    List<String> kept = new ArrayList<>();
    for (String arg : args) {
      kept.add(arg.startsWith(SOLVERS) ? SOLVERS + keep(arg, present) : arg);
    }
    return kept;
  }

  private static String keep(String arg, Collection<String> present) {
    List<String> kept = new ArrayList<>();
    for (String name : arg.substring(SOLVERS.length()).split(",", -1)) {
      if (present.contains(name)) {
        kept.add(name);
      } else {
        System.err.println("skipped: no flow solver '" + name + "' here; present: " + present);
      }
    }
    return String.join(",", kept);
  }
}
