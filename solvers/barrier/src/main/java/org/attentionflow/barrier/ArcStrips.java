package org.attentionflow.barrier;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.ImbalanceSums;
import org.attentionflow.dual.RowChunks;

/**
 * All arcs of a network in strips: a few short rows of a block, or one long row, as one array. The
 * loops of {@link PrimalDualLoops} run over whole strips; what depends on the nodes of an arc is
 * copied into a strip row by row. The strips of a chunk follow each other, so do the chunks of a
 * task, and threads share the tasks.
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

  /** [strip]: its first row in its block, and its number of rows. */
  private final int[] firstRow;

  private final int[] rows;
  private final int[] block;
  private int longest;

  ArcStrips(ArcRows arcs, RowChunks chunks) {
    this.arcs = arcs;
    this.chunks = chunks;
    firstStrip = new int[chunks.count() + 1];
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      int height = height(chunk);
      int stripRows = chunks.to(chunk) - chunks.from(chunk);
      firstStrip[chunk + 1] = firstStrip[chunk] + (stripRows + height - 1) / height;
    }
    firstChunk = tasks();
    int count = firstStrip[chunks.count()];
    firstRow = new int[count];
    rows = new int[count];
    block = new int[count];
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      cut(chunk, height(chunk));
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
    return Math.max(1, ARCS / Math.max(1, arcs.width(chunks.block(chunk))));
  }

  private void cut(int chunk, int height) {
    for (int strip = firstStrip[chunk]; strip < firstStrip[chunk + 1]; strip++) {
      block[strip] = chunks.block(chunk);
      firstRow[strip] = chunks.from(chunk) + (strip - firstStrip[chunk]) * height;
      rows[strip] = Math.min(height, chunks.to(chunk) - firstRow[strip]);
      longest = Math.max(longest, length(strip));
    }
  }

  /** Whether two blocks join the same groups, so that threads could write to one conductance. */
  boolean joinsGroupsTwice() {
    Set<Set<Integer>> joined = new HashSet<>();
    boolean isNew = true;
    for (int number = 0; number < arcs.blockCount(); number++) {
      isNew &= joined.add(Set.of(arcs.tail(number), arcs.head(number)));
    }
    return !isNew;
  }

  /** The number of strips. */
  int count() {
    return block.length;
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

  /** The block of a strip. */
  int block(int strip) {
    return block[strip];
  }

  /** The number of arcs of a strip. */
  int length(int strip) {
    return rows[strip] * arcs.width(block[strip]);
  }

  /** The largest {@link #length}. */
  int longest() {
    return longest;
  }

  /** The capacities of a strip. */
  double[] capacities(int strip) {
    double[] capacity = new double[length(strip)];
    int width = arcs.width(block[strip]);
    for (int i = 0; i < rows[strip]; i++) {
      arcs.capacities(block[strip], firstRow[strip] + i, capacity, i * width);
    }
    return capacity;
  }

  /** The reduced costs of a strip, from potentials as {@link ArcRows} keeps them. */
  void costs(int strip, double[][] potential, double[] into) {
    int width = arcs.width(block[strip]);
    for (int i = 0; i < rows[strip]; i++) {
      arcs.costs(block[strip], firstRow[strip] + i, potential, into, i * width);
    }
  }

  /** The differences x_head − x_tail of a strip. */
  void differences(int strip, double[][] x, double[] into) {
    int width = arcs.width(block[strip]);
    for (int i = 0; i < rows[strip]; i++) {
      arcs.differences(block[strip], firstRow[strip] + i, x, into, i * width);
    }
  }

  /** Adds the flows of a strip to the sums of its chunk. */
  void addImbalance(int chunk, int strip, double[] flow, ImbalanceSums sums) {
    int width = arcs.width(block[strip]);
    for (int i = 0; i < rows[strip]; i++) {
      sums.add(chunk, firstRow[strip] + i, flow, i * width);
    }
  }

  /** Adds the conductances of a strip to the Laplacian. */
  void addConductance(int strip, double[] conductance, BlockCholesky laplacian) {
    int width = arcs.width(block[strip]);
    int tail = arcs.tail(block[strip]);
    int head = arcs.head(block[strip]);
    if (arcs.isDiagonal(block[strip])) {
      for (int j = 0; j < width; j++) {
        laplacian.add(tail, j, head, j, conductance[j]);
      }
      return;
    }
    for (int i = 0; i < rows[strip]; i++) {
      laplacian.addRow(tail, firstRow[strip] + i, head, width, conductance, i * width);
    }
  }
}
