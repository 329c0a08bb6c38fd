package org.attentionflow.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * @param whole those of all the work, of which this may be the first part
 * @param narrow what they would be with capacities in 32 bits
 * @param what the work, as it follows "needs about 5 GB"
 * @param others the solvers that could take the place of the one, if any
 */
record HeapForecast(
    long arrays, long whole, long narrow, String what, Optional<OtherSolvers> others) {
  /** Of the arrays, and of the program itself: see decision 0071. */
  private static final int MARGIN_PERCENT = 10;

  private static final long PROGRAM = 16L << 20;

  /** A piece of work that is all there is, and nothing else could do. */
  HeapForecast(long arrays, long narrow, String what) {
    this(arrays, arrays, narrow, what, Optional.empty());
  }

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
    long wide = network.capacityBytes() + copied(pruned, Precision.DOUBLE);
    long narrow = network.capacityBytes(Precision.FLOAT) + copied(pruned, Precision.FLOAT);
    long lists = network.listBytes();
    String what = "to solve " + network.nodeCount() + " nodes";
    if (!pruned.hasPath()) {
      return new HeapForecast(wide + lists, narrow + lists, what);
    }
    long beside = lists + (hasRanges ? MaximumFlowRanges.bytes(pruned.network()) : 0);
    long own = solver.solveBytes(pruned.network());
    OtherSolvers others =
        new OtherSolvers(solver, pruned.network(), wide + beside, narrow + beside);
    long arrays = wide + beside + own;
    return new HeapForecast(arrays, arrays, narrow + beside + own, what, Optional.of(others));
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
    return new HeapForecast(
        arrays + more, whole + more, narrow + more, what, others.map(other -> other.and(more)));
  }

  /**
   * The same work where more follows, which a cure must be enough for, too.
   *
   * @param later the bytes of what follows
   * @param laterNarrow the same with capacities in 32 bits
   */
  HeapForecast before(long later, long laterNarrow) {
    return new HeapForecast(
        arrays, Math.max(whole, later), Math.max(narrow, laterNarrow), what, others);
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
      List<String> cures = new ArrayList<>();
      List<OtherSolvers.Need> needs = others.map(OtherSolvers::needs).orElse(List.of());
      for (OtherSolvers.Need other : needs) {
        addIfEnough("--solver " + other.name(), other.arrays(), limit, cures);
      }
      addIfEnough("--precision float", narrow, limit, cures);
      if (cures.isEmpty()) {
        for (OtherSolvers.Need other : needs) {
          String both = "--solver " + other.name() + " --precision float";
          addIfEnough(both, other.narrow(), limit, cures);
        }
      }
      cures.add("ATTNFLOW_JAVA_OPTS=" + JavaHeap.option(heap(whole)));
      throw new InsufficientMemoryException(
          need(limit) + ". Maybe " + String.join(" or ", cures) + ".");
    }
  }

  private static void addIfEnough(String cure, long arrays, long limit, List<String> cures) {
    if (heap(arrays) <= limit) {
      cures.add(cure + " (about " + gigabytes(heap(arrays)) + ")");
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
