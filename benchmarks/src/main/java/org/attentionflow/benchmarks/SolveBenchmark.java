package org.attentionflow.benchmarks;

import java.util.concurrent.TimeUnit;
import org.attentionflow.flow.FlowSolution;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One solve of a network that is made up, over all sizes. Building, pruning and certification do
 * not count.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SolveBenchmark {
  @Param({"16", "24", "32", "64", "128", "256", "512", "1024", "2048"})
  public int tokens;

  @Param({"6", "12", "24"})
  public int layers;

  @Param({"attention", "attention-gradient"})
  public String kind = "";

  @Param({"barrier", "laplacian", "laplacian-cholesky", "ortools-max-flow", "dinic"})
  public String solver = "";

  @Param("1e-3")
  public double mu;

  @Param("2")
  public int threads;

  private Task task;

  /** Solves once and asserts that the answer is certified. */
  @Setup(Level.Trial)
  public void setUp() {
    task =
        Task.of(
            Networks.solver(solver),
            Networks.synthetic(kind, layers, tokens, Networks.SEED),
            mu,
            threads);
  }

  /** One solve. */
  @Benchmark
  public FlowSolution solve(Counters counters) {
    counters.set(task.flow(), task.arcs());
    return task.solve();
  }
}
