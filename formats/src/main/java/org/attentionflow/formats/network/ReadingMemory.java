package org.attentionflow.formats.network;

import java.util.Locale;
import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.pipeline.JavaHeap;

/**
 * The heap that reading the arcs of a DIMACS file takes at least, known once its problem line is.
 *
 * @param file the name of the file, for messages
 * @param size its size in bytes: the arcs that it announces must stand in it
 */
record ReadingMemory(String file, long size) {
  /** Of which nothing is known before it is read. */
  static final long UNKNOWN = 0;

  /** {@code a 1 2 3} and the end of the line. */
  private static final int SHORTEST_ARC = 8;

  /**
   * Two ends and a capacity while the file is read, and then a capacity in a block. Lists of arcs
   * take more.
   */
  private static final int LEAST_IN_BLOCKS = 24;

  /** Two ends and a capacity, and all ends twice while those of a node are found. */
  private static final int LEAST_IN_GRAPH = 32;

  /** What 2 million arcs of sparse graphs took at the peak, and a tenth. */
  private static final int ENOUGH = 100;

  private static final double BYTES_PER_GB = 1e9;

  /**
   * Refuses arcs that do not fit in memory, whatever they are.
   *
   * @param arcs how many the problem line announces
   * @param hasBlocks whether comments name blocks
   * @throws InsufficientMemoryException if they do not fit
   */
  void check(long arcs, boolean hasBlocks) {
    check(arcs, hasBlocks, Runtime.getRuntime().maxMemory());
  }

  void check(long arcs, boolean hasBlocks, long limit) {
    long present = Math.min(arcs, size / SHORTEST_ARC);
    long need = present * (hasBlocks ? LEAST_IN_BLOCKS : LEAST_IN_GRAPH);
    if (need > limit) {
      throw new InsufficientMemoryException(
          file
              + ": needs more than "
              + gigabytes(need)
              + " to read "
              + present
              + " arcs; the heap has "
              + gigabytes(limit)
              + ". Maybe "
              + JavaHeap.option(present * ENOUGH)
              + ".");
    }
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.3g GB", bytes / BYTES_PER_GB);
  }
}
