package org.attentionflow.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.attentionflow.barrier.Factorisation;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.formats.benchmark.Yardstick;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.PrunedNetwork;
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
 * What a solve is made of, each on one thread: the sweeps over all arcs that solves are counted in,
 * the factorisation, pruning and certification.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class KernelBenchmark {
  @Param({"24", "128", "512", "1024"})
  public int tokens;

  @Param({"12"})
  public int layers;

  @Param({"attention", "attention-gradient"})
  public String kind = "";

  @Param("1e-3")
  public double mu;

  private FlowNetwork network;
  private long arcs;
  private FlowNetwork pruned;

  /** Makes the network. */
  @Setup(Level.Trial)
  public void setUp() {
    network = Networks.synthetic(kind, layers, tokens, Networks.SEED);
    arcs = network.arcCount();
    pruned = PrunedNetwork.of(network).network();
  }

  /** The two yardsticks. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init")
  public static class Sweeps {
    private Yardstick yardstick;

    /** Prepares the conductances. */
    @Setup(Level.Trial)
    public void setUp(KernelBenchmark benchmark) {
      Accuracy.checkMemory(
          "the Laplacian", Networks.bytes(benchmark.network) + Yardstick.bytes(benchmark.pruned));
      yardstick = new Yardstick(benchmark.pruned, benchmark.mu);
    }
  }

  /** The closed form of arcs on the instructions of a kernel. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init")
  public static class Arcs {
    @Param("vector")
    public String kernel = "";

    private Yardstick yardstick;

    /** Prepares the arcs, and asserts that the sums have the bits of the plain ones. */
    @Setup(Level.Trial)
    public void setUp(KernelBenchmark benchmark) {
      Accuracy.checkMemory(
          "the Laplacian",
          Networks.bytes(benchmark.network) + 2 * Yardstick.bytes(benchmark.pruned));
      yardstick = new Yardstick(benchmark.pruned, benchmark.mu, Kernels.arcs(kernel));
      double[][] plain = new Yardstick(benchmark.pruned, benchmark.mu).sweep();
      if (!Arrays.deepEquals(plain, yardstick.sweep())) {
        throw new IllegalStateException("Wrong answer of the kernel " + kernel + ".");
      }
    }
  }

  /** The factor of the Laplacian, filled anew before every factorisation. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init")
  public static class Factor {
    @Param({Kernels.PLAIN, "vector"})
    public String kernel = "";

    private Factorisation factorisation;

    /** Makes room for the factor. */
    @Setup(Level.Trial)
    public void make(KernelBenchmark benchmark) {
      Accuracy.checkMemory(
          "the factor", Networks.bytes(benchmark.network) + Factorisation.bytes(benchmark.pruned));
      factorisation = new Factorisation(benchmark.pruned, benchmark.mu, Kernels.dense(kernel));
      factorisation.fill();
      if (!factorisation.factor()) {
        throw new IllegalStateException("The factorisation of the Laplacian broke down.");
      }
    }

    /** Fills the Laplacian, outside the time. */
    @Setup(Level.Invocation)
    public void fill() {
      factorisation.fill();
    }
  }

  /** A solution that is certified again and again. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init")
  public static class Solved {
    private FlowComputation replay;

    /** Solves once. */
    @Setup(Level.Trial)
    public void setUp(KernelBenchmark benchmark) {
      Task task = Task.of(Networks.solver("barrier"), benchmark.network, benchmark.mu, 1);
      Replay solver = new Replay(task.solver(), task.solve());
      replay =
          new FlowComputation(
              solver, BarrierParameter.relative(benchmark.mu), SolverSettings.defaults());
      Accuracy.check(replay, benchmark.network);
    }
  }

  /** Flow, conductance and imbalance by the closed form. */
  @Benchmark
  public double[][] sweep(Sweeps sweeps, Counters counters) {
    counters.set(network, arcs);
    return sweeps.yardstick.sweep();
  }

  /** The same sweep by a kernel that is not plain Java. */
  @Benchmark
  public double[][] arcs(Arcs arcs) {
    return arcs.yardstick.sweep();
  }

  /** One product with the Laplacian. */
  @Benchmark
  public double[][] product(Sweeps sweeps, Counters counters) {
    counters.set(network, arcs);
    return sweeps.yardstick.product();
  }

  /** One block Cholesky factorisation. */
  @Benchmark
  public boolean factor(Factor factor) {
    return factor.factorisation.factor();
  }

  /** Pruning. */
  @Benchmark
  public PrunedNetwork prune() {
    return PrunedNetwork.of(network);
  }

  /** Pruning and certification of a solution that is known. */
  @Benchmark
  public Flow certify(Solved solved) {
    return solved.replay.compute(network);
  }
}
