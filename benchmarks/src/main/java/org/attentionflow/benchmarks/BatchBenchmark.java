package org.attentionflow.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A batch of short texts, each solved on one thread, several at a time. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BatchBenchmark {
  @Param("64")
  public int texts;

  @Param("24")
  public int tokens;

  @Param("12")
  public int layers;

  @Param({"attention", "attention-gradient"})
  public String kind = "";

  @Param({"barrier", "laplacian", "ortools-max-flow", "dinic"})
  public String solver = "";

  @Param("1e-3")
  public double mu;

  @Param({"1", "2"})
  public int threads;

  private ExecutorService workers;
  private List<Callable<FlowSolution>> batch;

  /** Solves every text once and asserts that the answers are certified. */
  @Setup(Level.Trial)
  public void setUp() {
    FlowSolver solving = Networks.solver(solver);
    workers = Executors.newFixedThreadPool(threads);
    batch = new ArrayList<>();
    for (int text = 0; text < texts; text++) {
      long seed = Networks.SEED + text;
      batch.add(Task.of(solving, Networks.synthetic(kind, layers, tokens, seed), mu, 1)::solve);
    }
  }

  /** The whole batch. */
  @Benchmark
  public List<FlowSolution> solve() throws InterruptedException, ExecutionException {
    List<FlowSolution> solutions = new ArrayList<>();
    for (Future<FlowSolution> solution : workers.invokeAll(batch)) {
      solutions.add(solution.get());
    }
    return solutions;
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void tearDown() {
    if (workers != null) {
      workers.shutdown();
    }
  }
}
