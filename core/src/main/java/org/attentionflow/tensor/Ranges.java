package org.attentionflow.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;

/**
 * Splits work on elements that do not depend on each other among the threads it is given: those of
 * the {@link ForkJoinPool} it is called in. Outside of a pool the calling thread does it alone.
 */
public final class Ranges {
  private Ranges() {}

  /** Work on some of the elements. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it; called by several threads at once with ranges that do not overlap.
     *
     * @param from the first element
     * @param to the element behind the last
     */
    void apply(int from, int to);
  }

  /**
   * Does the work on all elements and returns when it is done.
   *
   * @param size the number of elements
   * @param grain the fewest elements that are worth a thread; ranges start at multiples of it
   */
  public static void split(int size, int grain, Work work) {
    int threads = ForkJoinTask.inForkJoinPool() ? ForkJoinTask.getPool().getParallelism() : 1;
    int grains = (int) (((long) size + grain - 1) / grain);
    int parts = Math.min(threads, grains);
    if (parts <= 1) {
      work.apply(0, size);
      return;
    }
    List<RecursiveAction> actions = new ArrayList<>(parts);
    for (int part = 0; part < parts; part++) {
      int from = start(part, parts, grains, grain, size);
      int to = start(part + 1, parts, grains, grain, size);
      actions.add(
          new RecursiveAction() {
            private static final long serialVersionUID = 1;

            @Override
            protected void compute() {
              work.apply(from, to);
            }
          });
    }
    ForkJoinTask.invokeAll(actions);
  }

  /** Where a part begins. */
  private static int start(int part, int parts, int grains, int grain, int size) {
    return (int) Math.min((long) grains * part / parts * grain, size);
  }
}
