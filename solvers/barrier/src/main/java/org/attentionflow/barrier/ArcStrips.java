package org.attentionflow.barrier;

import java.util.Arrays;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.ArcStrip;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.dual.WorkerThreads;

/**
 * All arcs of a network in strips: a few short rows of a block, or one long row, as one array. The
 * loops of {@link org.attentionflow.dual.PrimalDualLoops} run over whole strips. The strips of a
 * chunk follow each other, so do the chunks of a task, and threads share the tasks.
 */
final class ArcStrips {
  /**
   * The arcs that rows are gathered up to: enough for loops to reach their speed, few enough for
   * all buffers of a strip to stay in the first-level cache.
   */
  private static final int ARCS = 512;

  /**
   * The arcs that chunks are gathered up to in a task: joining its sums is then next to nothing.
   */
  private static final int TASK_ARCS = 16_384;

  private final ArcRows arcs;
  private final RowChunks chunks;

  /** [task]: its first chunk; one more than there are tasks. */
  private final int[] firstChunk;

  /** [chunk]: its first strip; one more than there are chunks. */
  private final int[] firstStrip;

  private final ArcStrip[] strips;
  private int longest;

  /**
   * Cuts the arcs of a network.
   *
   * @param absent the capacity that stands for 0
   */
  ArcStrips(ArcRows arcs, RowChunks chunks, WorkerThreads workers, double absent) {
    this.arcs = arcs;
    this.chunks = chunks;
    firstStrip = new int[chunks.count() + 1];
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      int height = height(chunk);
      int stripRows = chunks.to(chunk) - chunks.from(chunk);
      firstStrip[chunk + 1] = firstStrip[chunk] + (stripRows + height - 1) / height;
    }
    firstChunk = tasks();
    strips = new ArcStrip[firstStrip[chunks.count()]];
    workers.run(taskCount(), (worker, task) -> cut(task, absent));
    for (ArcStrip strip : strips) {
      longest = Math.max(longest, strip.length());
    }
  }

  private int[] tasks() {
    int[] first = new int[chunks.count() + 1];
    int count = 0;
    int gathered = 0;
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      gathered += (chunks.to(chunk) - chunks.from(chunk)) * arcs.width(chunks.block(chunk));
      if (gathered >= TASK_ARCS || chunk + 1 == chunks.count()) {
        first[++count] = chunk + 1;
        gathered = 0;
      }
    }
    return Arrays.copyOf(first, count + 1);
  }

  /** The rows of a strip: as many as fit, but one at least. */
  private int height(int chunk) {
    return Math.max(1, ARCS / Math.max(1, ArcStrip.padded(arcs.width(chunks.block(chunk)))));
  }

  private void cut(int task, double absent) {
    for (int chunk = firstChunk[task]; chunk < firstChunk[task + 1]; chunk++) {
      int height = height(chunk);
      int from = chunks.from(chunk);
      for (int i = firstStrip[chunk]; i < firstStrip[chunk + 1]; i++) {
        int row = from + (i - firstStrip[chunk]) * height;
        int rows = Math.min(height, chunks.to(chunk) - row);
        strips[i] = new ArcStrip(arcs, chunks.block(chunk), chunk, from, row, rows, absent);
      }
    }
  }

  /** The number of strips. */
  int count() {
    return strips.length;
  }

  /** The number of tasks: threads share them, and each keeps its own sums. */
  int taskCount() {
    return firstChunk.length - 1;
  }

  /** The first chunk of a task; of the number of tasks, the end of the last. */
  int firstChunk(int task) {
    return firstChunk[task];
  }

  /** The first strip of a chunk; of the number of chunks, the end of the last. */
  int first(int chunk) {
    return firstStrip[chunk];
  }

  /** A strip. */
  ArcStrip strip(int number) {
    return strips[number];
  }

  /** The most arcs of a strip. */
  int longest() {
    return longest;
  }
}
