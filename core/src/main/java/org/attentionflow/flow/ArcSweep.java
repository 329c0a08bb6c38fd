package org.attentionflow.flow;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.RowRanges;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all arc blocks of a network, in chunks that threads share ({@link RowRanges}). What
 * is computed of each is given back in their order: joined in that order, it has the same bits for
 * any number of threads.
 */
final class ArcSweep implements AutoCloseable {
  /** Rows of one arc block, from {@code from} to the one before {@code to}. */
  record Chunk(int block, ArcBlock arcs, int from, int to) {}

  /** What a {@link ForkJoinPool} can have. */
  private static final int MOST_THREADS = 32_767;

  private final List<Chunk> chunks;
  private final @Nullable ForkJoinPool pool;

  /** Cuts the blocks of a network. No more threads are made than there are chunks. */
  ArcSweep(FlowNetwork network, int threads) {
    List<ArcBlock> blocks = network.blocks();
    int[] rowCount = blocks.stream().mapToInt(block -> block.capacity().rowCount()).toArray();
    int[] width = blocks.stream().mapToInt(block -> block.capacity().columnCount()).toArray();
    chunks =
        RowRanges.of(rowCount, width).stream()
            .map(rows -> new Chunk(rows.block(), blocks.get(rows.block()), rows.from(), rows.to()))
            .toList();
    long arcs = blocks.stream().mapToLong(block -> block.capacity().size()).sum();
    int useful = Math.min(Math.min(threads, chunks.size()), MOST_THREADS);
    pool = useful > 1 && RowRanges.areWorthSharing(arcs) ? new ForkJoinPool(useful) : null;
  }

  /** What a function that is thread-safe makes of each chunk, in the order of the chunks. */
  <R> List<R> map(Function<Chunk, R> function) {
    return pool == null
        ? chunks.stream().map(function).toList()
        : pool.submit(() -> chunks.parallelStream().map(function).toList()).join();
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.shutdown();
    }
  }
}
