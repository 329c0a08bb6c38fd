package org.attentionflow.dual;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.network.RowRanges;

/**
 * The rows of all blocks of arcs, cut into chunks that threads work on ({@link RowRanges}). Sums
 * that are kept per chunk and joined in the order of the chunks have the same bits for any number
 * of threads.
 */
public final class RowChunks {
  private final List<RowRanges.Range> chunks;
  private List<Integer> rounds = List.of();
  private final long arcCount;

  /**
   * Cuts the blocks of rows of a matrix that vectors are multiplied by.
   *
   * @param rowCount the number of rows of each block
   * @param width the number of arcs in each row of each block
   */
  public RowChunks(int[] rowCount, int[] width) {
    this(rowCount, width, RowRanges.ofProducts(rowCount, width));
  }

  private RowChunks(int[] rowCount, int[] width, List<RowRanges.Range> chunks) {
    this.chunks = chunks;
    long arcs = 0;
    for (int block = 0; block < rowCount.length; block++) {
      arcs += (long) rowCount[block] * width[block];
    }
    arcCount = arcs;
  }

  /** The chunks of all arcs of a network, the return arc included. */
  public static RowChunks of(ArcRows arcs) {
    int[] rowCount = new int[arcs.blockCount()];
    int[] width = new int[arcs.blockCount()];
    for (int block = 0; block < rowCount.length; block++) {
      rowCount[block] = arcs.rowCount(block);
      width[block] = arcs.width(block);
    }
    RowChunks chunks = new RowChunks(rowCount, width, RowRanges.of(rowCount, width));
    chunks.rounds = rounds(arcs, chunks);
    return chunks;
  }

  /**
   * Where rounds of chunks begin, and the last one ends: within a round no two blocks join the same
   * groups, so that no two threads write to one conductance.
   */
  private static List<Integer> rounds(ArcRows arcs, RowChunks chunks) {
    List<Integer> rounds = new ArrayList<>(List.of(0));
    Set<Set<Integer>> joined = new HashSet<>();
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      int block = chunks.block(chunk);
      boolean isNewBlock = chunks.from(chunk) == 0;
      if (isNewBlock && !joined.add(Set.of(arcs.tail(block), arcs.head(block)))) {
        rounds.add(chunk);
        joined.clear();
        joined.add(Set.of(arcs.tail(block), arcs.head(block)));
      }
    }
    rounds.add(chunks.count());
    return rounds;
  }

  /**
   * The number of rounds of chunks: within a round no two blocks join the same groups, so that
   * threads may add up conductances. Known for the arcs of a network, {@link #of}.
   */
  public int rounds() {
    return rounds.size() - 1;
  }

  /** The first chunk of a round; behind the last round, the number of chunks. */
  public int roundStart(int round) {
    return rounds.get(round);
  }

  /** The number of chunks. */
  public int count() {
    return chunks.size();
  }

  /** The block of a chunk. */
  public int block(int chunk) {
    return chunks.get(chunk).block();
  }

  /** The first row of a chunk. */
  public int from(int chunk) {
    return chunks.get(chunk).from();
  }

  /** The row behind the last one of a chunk. */
  public int to(int chunk) {
    return chunks.get(chunk).to();
  }

  /** How many of the given threads are worth starting for work of this size. */
  public int threads(int most) {
    return RowRanges.areWorthSharing(arcCount) ? Math.max(1, Math.min(most, count())) : 1;
  }
}
