package org.attentionflow.barrier;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Shares the rows of C among threads. Each row is computed as by one thread, so the bits are the
 * same. Its threads end when it is closed.
 */
final class ParallelKernel implements DenseKernel, AutoCloseable {
  /** Products with fewer multiplications are not worth waking a thread for. */
  private static final double LEAST_WORK = 2e6;

  /** Shares per thread: rows of a triangle are not equally long. */
  private static final int SHARES = 4;

  private final DenseKernel kernel;
  private final int threads;
  private final ExecutorService executor;

  ParallelKernel(DenseKernel kernel, int threads) {
    this.kernel = kernel;
    this.threads = threads;
    executor =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "attention-flow-kernel");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void subtractTransposedProduct(
      int m,
      int k,
      double[][] a,
      int aRow,
      int aColumn,
      double[][] b,
      int bRow,
      double[][] c,
      int cRow,
      int first,
      int end,
      boolean isUpper) {
    int shares = Math.min(m, threads * SHARES);
    if (threads == 1 || (double) m * k * (end - first) < LEAST_WORK) {
      kernel.subtractTransposedProduct(
          m, k, a, aRow, aColumn, b, bRow, c, cRow, first, end, isUpper);
      return;
    }
    List<Future<?>> pending = new ArrayList<>();
    for (int share = 0; share < shares; share++) {
      int from = (int) ((long) m * share / shares);
      int to = (int) ((long) m * (share + 1) / shares);
      pending.add(
          executor.submit(
              () ->
                  kernel.subtractTransposedProduct(
                      to - from,
                      k,
                      a,
                      aRow,
                      aColumn + from,
                      b,
                      bRow,
                      c,
                      cRow + from,
                      isUpper ? first + from : first,
                      end,
                      isUpper)));
    }
    pending.forEach(ParallelKernel::await);
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while solving.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A kernel failed: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
