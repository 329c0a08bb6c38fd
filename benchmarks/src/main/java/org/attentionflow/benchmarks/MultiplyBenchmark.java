package org.attentionflow.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.attentionflow.dual.DenseKernel;
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
 * The product of matrices that the solver {@code barrier} spends its time on, C ← C − AᵀB with
 * square matrices of 32-bit numbers, on one thread: 2 · size³ floating-point operations.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MultiplyBenchmark {
  @Param({"128", "512"})
  public int size;

  @Param({Kernels.PLAIN, "vector"})
  public String kernel = "";

  private DenseKernel multiplying;
  private float[][] a;
  private float[][] b;
  private float[][] c;

  /** Makes the matrices, and asserts that the product has the bits it has to have. */
  @Setup(Level.Trial)
  public void setUp() {
    multiplying = Kernels.dense(kernel);
    Random random = new Random(Networks.SEED);
    a = matrix(random);
    b = matrix(random);
    c = new float[size][size];
    multiply();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        float expected = 0;
        for (int p = 0; p < size; p++) {
          expected = Math.fma(-a[p][i], b[p][j], expected);
        }
        if (Float.floatToRawIntBits(c[i][j]) != Float.floatToRawIntBits(expected)) {
          throw new IllegalStateException(
              "Wrong answer of " + kernel + ": " + c[i][j] + " instead of " + expected + ".");
        }
      }
    }
  }

  private float[][] matrix(Random random) {
    float[][] rows = new float[size][size];
    for (float[] row : rows) {
      for (int j = 0; j < size; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  /** One product. */
  @Benchmark
  public float[][] multiply() {
    multiplying.subtractTransposedProduct(size, size, a, 0, 0, b, 0, c, 0, 0, size, false);
    return c;
  }
}
