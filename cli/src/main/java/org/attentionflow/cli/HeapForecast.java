package org.attentionflow.cli;

import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.maximum.MaximumFlowRanges;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.pipeline.JavaHeap;
import org.attentionflow.tensor.Precision;

/**
 * The heap that a piece of work needs, said before it begins. A heap that the arrays fill to the
 * brim is collected again and again with hardly any progress in between; so more is asked for.
 *
 * @param arrays the bytes of its large arrays
 * @param narrow what they would be with capacities in 32 bits
 * @param what the work, as it follows "needs about 5 GB"
 */
record HeapForecast(long arrays, long narrow, String what) {
  /** Of the arrays, and of the program itself: see decision 0071. */
  private static final int MARGIN_PERCENT = 10;

  private static final long PROGRAM = 16L << 20;

  /** Who needs no more is not told. */
  static final long WORTH_SAYING = 256L << 20;

  /** The capacities, of the network and where it differs the pruned one, and the solver's own. */
  static HeapForecast ofSolve(FlowSolver solver, FlowNetwork network) {
    return of(solver, network, false);
  }

  /**
   * The same where so many earlier flows are still there: those that are not unique hold a number
   * for each arc, the others only potentials.
   */
  static HeapForecast ofSolves(FlowSolver solver, FlowNetwork network, int earlier) {
    boolean holdsArcs = !solver.capabilities().contains(FlowSolver.Capability.UNIQUE_FLOW);
    long held = holdsArcs ? (long) earlier * Double.BYTES * network.arcCount() : 0;
    return ofSolve(solver, network).and(held);
  }

  /** The same with the ranges of {@link MaximumFlowRanges}. */
  static HeapForecast ofRanges(FlowSolver solver, FlowNetwork network) {
    return of(solver, network, true);
  }

  private static HeapForecast of(FlowSolver solver, FlowNetwork network, boolean hasRanges) {
    PrunedNetwork pruned = PrunedNetwork.of(network);
    long beside = network.listBytes();
    if (pruned.hasPath()) {
      beside += solver.solveBytes(pruned.network());
      beside += hasRanges ? MaximumFlowRanges.bytes(pruned.network()) : 0;
    }
    return new HeapForecast(
        network.capacityBytes() + copied(pruned, Precision.DOUBLE) + beside,
        network.capacityBytes(Precision.FLOAT) + copied(pruned, Precision.FLOAT) + beside,
        "to solve " + network.nodeCount() + " nodes");
  }

  /** The bytes of the blocks that the pruned network does not share with the full one. */
  private static long copied(PrunedNetwork pruned, Precision precision) {
    long bytes = 0;
    for (int block = 0; block < pruned.full().blocks().size(); block++) {
      ArcBlock kept = pruned.network().blocks().get(block);
      if (kept != pruned.full().blocks().get(block)) {
        bytes += kept.capacityBytes(precision) + kept.ends().bytes();
      }
    }
    return bytes;
  }

  /** What it takes to build a random network of dense layers, each made in 64 bits first. */
  static HeapForecast ofBuilding(int layers, int tokens, Precision precision) {
    return new HeapForecast(
        building(layers, tokens, precision),
        building(layers, tokens, Precision.FLOAT),
        "to build " + layers + " layers of " + tokens + " tokens");
  }

  private static long building(int layers, int tokens, Precision precision) {
    return ((long) layers * precision.bytes() + Double.BYTES) * tokens * tokens;
  }

  /** The same work with so much more beside it. */
  HeapForecast and(long more) {
    return new HeapForecast(arrays + more, narrow + more, what);
  }

  /** The heap, as {@link Runtime#maxMemory} counts it, in which the work ends without delay. */
  long bytes() {
    return heap(arrays);
  }

  private static long heap(long arrays) {
    return arrays + arrays / 100 * MARGIN_PERCENT + PROGRAM;
  }

  /** Whether a heap of so many bytes is enough. */
  boolean fits(long limit) {
    return bytes() <= limit;
  }

  /**
   * Refuses what does not fit on the heap, and says what much of it is needed for.
   *
   * @throws InsufficientMemoryException if it does not fit; the message names need, limit and cures
   */
  void check(Console console) {
    long limit = Runtime.getRuntime().maxMemory();
    check(limit);
    if (bytes() > WORTH_SAYING) {
      console.message(need(limit) + ".");
    }
  }

  /** Refuses what does not fit on a heap of so many bytes. */
  void check(long limit) {
    if (!fits(limit)) {
      String rounded =
          heap(narrow) <= limit
              ? "--precision float (about " + gigabytes(heap(narrow)) + ") or "
              : "";
      throw new InsufficientMemoryException(
          need(limit)
              + ". Maybe "
              + rounded
              + "ATTNFLOW_JAVA_OPTS="
              + JavaHeap.option(bytes())
              + ".");
    }
  }

  /** Need and limit in a sentence without its end. */
  String need(long limit) {
    return "needs about " + gigabytes(bytes()) + " " + what + "; the heap has " + gigabytes(limit);
  }

  private static String gigabytes(long bytes) {
    return Numbers.brief(bytes / 1e9) + " GB";
  }
}
