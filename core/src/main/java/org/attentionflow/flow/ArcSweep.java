package org.attentionflow.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all arc blocks of a network, in chunks that threads share. The chunks depend on the
 * shapes of the blocks alone, and what is computed of each is given back in their order: joined in
 * that order, it has the same bits for any number of threads.
 */
final class ArcSweep implements AutoCloseable {
  /** A chunk has at least so many arcs, if its block has. */
  private static final int LEAST_ARCS = 8192;

  /** No block is cut into more chunks: each keeps a sum for every column. */
  private static final int MOST_CHUNKS = 16;

  /** A network with fewer arcs is done before other threads have started. */
  private static final long LEAST_WORK = 50_000;

  /** Rows of one arc block, from {@code from} to the one before {@code to}. */
  record Chunk(int block, ArcBlock arcs, int from, int to) {}

  private final List<Chunk> chunks = new ArrayList<>();
  private final @Nullable ForkJoinPool pool;

  /** Cuts the blocks of a network. */
  ArcSweep(FlowNetwork network, int threads) {
    long arcs = 0;
    for (int block = 0; block < network.blocks().size(); block++) {
      cut(block, network.blocks().get(block));
      arcs += network.blocks().get(block).capacity().size();
    }
    pool = threads == 1 || arcs < LEAST_WORK ? null : new ForkJoinPool(threads);
  }

  private void cut(int block, ArcBlock arcs) {
    int rowCount = arcs.capacity().rowCount();
    int columns = Math.max(1, arcs.capacity().columnCount());
    int rows =
        Math.max((rowCount + MOST_CHUNKS - 1) / MOST_CHUNKS, (LEAST_ARCS + columns - 1) / columns);
    for (int from = 0; from < rowCount; from += rows) {
      chunks.add(new Chunk(block, arcs, from, Math.min(rowCount, from + rows)));
    }
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
