package org.attentionflow.network;

import java.util.ArrayList;
import java.util.List;

/**
 * How the rows of arc blocks are cut into ranges that threads work on. The cuts depend on the
 * shapes alone, never on the number of threads; so what is summed by range and joined in the order
 * of the ranges has the same bits for any number of threads.
 */
public final class RowRanges {
  /** A range has at least so many arcs, if its block has: enough to be worth handing out. */
  private static final int LEAST_ARCS = 8192;

  /** No block is cut into more ranges: each keeps a sum for every column. */
  private static final int MOST_RANGES = 16;

  /**
   * So many times as long are ranges for products with a matrix, where an arc takes a tenth of the
   * time of its closed form: one thread joins the sums of all ranges after every product.
   */
  private static final int OF_PRODUCTS = 2;

  /** Fewer arcs are done before a second thread is awake. */
  private static final long LEAST_WORK = 50_000;

  private RowRanges() {}

  /**
   * Rows of one block.
   *
   * @param block the number of the block
   * @param from the first row
   * @param to the row behind the last one
   */
  public record Range(int block, int from, int to) {}

  /**
   * Cuts blocks one after the other.
   *
   * @param rowCount the number of rows of each block
   * @param width the number of arcs in each row of each block
   */
  public static List<Range> of(int[] rowCount, int[] width) {
    return of(rowCount, width, 1);
  }

  /** The same for the products of matrices with vectors. */
  public static List<Range> ofProducts(int[] rowCount, int[] width) {
    return of(rowCount, width, OF_PRODUCTS);
  }

  private static List<Range> of(int[] rowCount, int[] width, int factor) {
    List<Range> ranges = new ArrayList<>();
    for (int block = 0; block < rowCount.length; block++) {
      int columns = Math.max(1, width[block]);
      int rows =
          factor
              * Math.max(
                  (rowCount[block] + MOST_RANGES - 1) / MOST_RANGES,
                  (LEAST_ARCS + columns - 1) / columns);
      for (int from = 0; from < rowCount[block]; from += rows) {
        ranges.add(new Range(block, from, Math.min(rowCount[block], from + rows)));
      }
    }
    return ranges;
  }

  /** Whether a sweep over so many arcs is worth a second thread. */
  public static boolean areWorthSharing(long arcs) {
    return arcs >= LEAST_WORK;
  }
}
