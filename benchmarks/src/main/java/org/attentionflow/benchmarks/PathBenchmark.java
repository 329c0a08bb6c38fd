package org.attentionflow.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.FlowNetwork;
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

/** The solutions for ten barrier parameters from 1e-1 to 1e-4, in one call and one by one. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PathBenchmark {
  private static final int POINTS = 10;
  private static final double LARGEST = 1e-1;
  private static final double SMALLEST = 1e-4;

  @Param({"24", "128", "512"})
  public int tokens;

  @Param("12")
  public int layers;

  @Param({"attention", "attention-gradient"})
  public String kind = "";

  @Param({"barrier", "laplacian"})
  public String solver = "";

  private FlowSolver solving;
  private FlowNetwork network;
  private double[] path;
  private final SolverSettings settings = SolverSettings.defaults();

  /** Solves the whole path once and asserts that every answer is certified. */
  @Setup(Level.Trial)
  public void setUp() {
    solving = Networks.solver(solver);
    FlowNetwork full = Networks.synthetic(kind, layers, tokens, Networks.SEED);
    path = new double[POINTS];
    BarrierParameter[] relative = new BarrierParameter[POINTS];
    for (int i = 0; i < POINTS; i++) {
      double value = LARGEST * Math.pow(SMALLEST / LARGEST, i / (POINTS - 1.0));
      relative[i] = BarrierParameter.relative(value);
      Task task = Task.of(solving, full, value, 1);
      network = task.problem().network();
      path[i] = task.problem().barrierParameter();
    }
    List<FlowSolution> solutions = solveInOneCall();
    for (int i = 0; i < POINTS; i++) {
      Replay replay = new Replay(solving, solutions.get(i));
      Accuracy.check(new FlowComputation(replay, relative[i], settings), full);
    }
  }

  /** One call, which may start from the solution before. */
  @Benchmark
  public List<FlowSolution> solveInOneCall() {
    return solving.solvePath(network, path, settings);
  }

  /** One solve after the other, each from nothing. */
  @Benchmark
  public List<FlowSolution> solveOneByOne() {
    return Arrays.stream(path)
        .mapToObj(mu -> solving.solve(new FlowProblem(network, mu, settings)))
        .toList();
  }
}
