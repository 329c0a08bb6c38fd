package org.attentionflow.dual;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the parts of one piece of work after another. The calling thread is one of
 * them. Each begins with a share of its own, consecutive parts, the same in every round of as many
 * parts: what they read is in its near cache then. A thread that is done with its share goes on
 * with what is left of the others', so which thread does which part is left to chance in the end,
 * and a part must not depend on it.
 *
 * <p>Rounds follow each other closely in a solver, and waking a thread that sleeps takes as long as
 * a short round: a thread that waits looks for work {@link #LOOKS} times (some ten microseconds)
 * before it goes to sleep. Used by one thread at a time. Its threads end when it is closed.
 *
 * <p>Source: Markatos and LeBlanc, Using processor affinity in loop scheduling on shared-memory
 * multiprocessors, IEEE Trans. Parallel Distrib. Syst. 5 (1994) (the shares).
 */
public final class WorkerThreads implements AutoCloseable {
  /** One part of a round. */
  @FunctionalInterface
  public interface Part {
    /**
     * Does the part.
     *
     * @param worker the number of the thread, below {@link #count}: names the buffers to use
     * @param part the number of the part
     */
    void run(int worker, int part);
  }

  private static final int LOOKS = 2000;

  /** More threads than these share each half of some work, one half after the other. */
  private static final int HALF_EACH = 3;

  /** Parts that are handed out one by one. */
  private static final class Round {
    final Part work;
    final int parts;

    /** Of each thread's share the next part. */
    final AtomicInteger[] next;

    final AtomicInteger left;
    final Thread caller = Thread.currentThread();
    volatile @Nullable Throwable failure;

    Round(Part work, int parts, int threads) {
      this.work = work;
      this.parts = parts;
      left = new AtomicInteger(parts);
      next = new AtomicInteger[threads];
      Arrays.setAll(next, share -> new AtomicInteger(first(share)));
    }

    private int first(int share) {
      return (int) ((long) parts * share / next.length);
    }

    /** Does the thread's own share, then what is left of those behind it, in a circle. */
    void help(int worker) {
      for (int i = 0; i < next.length; i++) {
        share(worker, (worker + i) % next.length);
      }
    }

    private void share(int worker, int share) {
      int end = first(share + 1);
      for (int part = next[share].getAndIncrement();
          part < end;
          part = next[share].getAndIncrement()) {
        try {
          if (failure == null) {
            work.run(worker, part);
          }
        } catch (RuntimeException | Error e) {
          failure = e;
        }
        if (left.decrementAndGet() == 0) {
          LockSupport.unpark(caller);
        }
      }
    }
  }

  private final Thread[] threads;
  private volatile @Nullable Round current;
  private volatile boolean isClosed;

  /**
   * Starts the threads beside the calling one.
   *
   * @param count the number of threads, the calling one included; 1 starts none
   */
  public WorkerThreads(int count) {
    threads = new Thread[count - 1];
    for (int i = 0; i < threads.length; i++) {
      int worker = i + 1;
      threads[i] = new Thread(() -> serve(worker), "attention-flow-worker-" + worker);
      threads[i].setDaemon(true);
      threads[i].start();
    }
  }

  /** The number of threads, the calling one included. */
  public int count() {
    return threads.length + 1;
  }

  /**
   * Whether two halves that do not touch are best done by a thread each: with more threads, they
   * are all needed for either half.
   */
  public boolean takeHalves() {
    return count() <= HALF_EACH;
  }

  /**
   * Does all parts and returns when they are done. What they wrote is then visible to the caller.
   *
   * @param parts the number of parts
   * @throws RuntimeException what a part threw; parts that had not begun are left out then
   */
  public void run(int parts, Part work) {
    if (threads.length == 0 || parts <= 1) {
      for (int part = 0; part < parts; part++) {
        work.run(0, part);
      }
      return;
    }
    Round round = new Round(work, parts, count());
    current = round;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    round.help(0);
    for (int looks = 0; round.left.get() > 0; looks++) {
      rest(looks);
    }
    Throwable failure = round.failure;
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void serve(int worker) {
    Round seen = null;
    for (int looks = 0; !isClosed; looks++) {
      Round round = current;
      if (round != null && round != seen) {
        round.help(worker);
        seen = round;
        looks = 0;
      } else {
        rest(looks);
      }
    }
  }

  private void rest(int looks) {
    if (looks < LOOKS) {
      Thread.onSpinWait();
    } else {
      LockSupport.park(this);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }
}
