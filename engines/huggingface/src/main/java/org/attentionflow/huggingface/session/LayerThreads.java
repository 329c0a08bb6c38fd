package org.attentionflow.huggingface.session;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Java threads of a session, as many as a call may use of the native library: while Java copies and
 * reduces a layer, those wait. Work splits itself among them by {@link
 * org.attentionflow.tensor.Ranges}.
 */
final class LayerThreads implements AutoCloseable {
  /** Null if the calling thread does everything itself. */
  private final @Nullable ForkJoinPool pool;

  LayerThreads(int count) {
    this.pool = count > 1 ? new ForkJoinPool(count) : null;
  }

  /** Returns the result of the work; what it throws is thrown here, maybe as cause of the same. */
  <R> R call(Supplier<R> work) {
    return pool == null ? work.get() : pool.invoke(new Task<>(work));
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.shutdown();
    }
  }

  /** One piece of work. */
  private static final class Task<R> extends RecursiveTask<R> {
    private static final long serialVersionUID = 1;

    private final transient Supplier<R> work;

    Task(Supplier<R> work) {
      this.work = work;
    }

    @Override
    protected R compute() {
      return work.get();
    }
  }
}
