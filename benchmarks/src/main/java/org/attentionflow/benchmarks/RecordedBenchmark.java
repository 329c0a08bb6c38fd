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

/** One solve of a network that a model gave for a real sentence. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RecordedBenchmark {
  @Param({"af-12", "af-28", "af-66", "agf-12", "agf-28", "agf-66"})
  public String recording = "";

  @Param({"barrier", "laplacian", "ortools-max-flow", "dinic"})
  public String solver = "";

  @Param("1e-3")
  public double mu;

  @Param("1")
  public int threads;

  private Task task;

  /** Solves once and asserts that the answer is certified. */
  @Setup(Level.Trial)
  public void setUp() {
    task = Task.of(Networks.solver(solver), Networks.recorded(recording), mu, threads);
  }

  /** One solve. */
  @Benchmark
  public FlowSolution solve(Counters counters) {
    counters.set(task.flow(), task.arcs());
    return task.solve();
  }
}
