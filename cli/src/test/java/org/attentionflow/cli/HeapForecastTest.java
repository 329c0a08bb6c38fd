package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.formats.network.NetworkFormats;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapForecastTest {
  private static final FlowSolver SOLVER = Plugins.load(FlowSolver.class).get("laplacian");

  private static FlowNetwork network(SyntheticInformation.Kind kind) {
    return new BackwardNetworkBuilder()
        .build(SyntheticInformation.of(kind, 2, 5, 1, 7), NetworkSettings.defaults());
  }

  private static final FlowNetwork NETWORK = network(SyntheticInformation.Kind.ATTENTION);

  private static long size(FlowNetwork network) {
    return network.blocks().stream().mapToLong(block -> block.capacity().size()).sum();
  }

  @Test
  void theCapacitiesCountBesideTheSolver() {
    assertTrue(size(NETWORK) >= 2 * 5 * 5, "two dense layers of five tokens");
    assertEquals(
        8 * size(NETWORK) + SOLVER.solveBytes(NETWORK),
        HeapForecast.ofSolve(SOLVER, NETWORK).arrays());
  }

  /** The solver sees the pruned network alone, whose blocks are copies where they lost nodes. */
  @Test
  void theSolverCountsForThePrunedNetworkAndItsCopiesCountBesideIt() {
    FlowNetwork network = network(SyntheticInformation.Kind.ATTENTION_GRADIENT);
    FlowNetwork pruned = PrunedNetwork.of(network).network();
    long copies = 0;
    for (int block = 0; block < network.blocks().size(); block++) {
      ArcBlock kept = pruned.blocks().get(block);
      copies += kept == network.blocks().get(block) ? 0 : kept.capacity().size();
    }
    assertTrue(copies > 0, "the gradient of the last layer is that of one row");
    assertEquals(
        8 * (size(network) + copies) + SOLVER.solveBytes(pruned),
        HeapForecast.ofSolve(SOLVER, network).arrays());
    HeapForecast rounded = HeapForecast.ofSolve(SOLVER, network.in(Precision.FLOAT));
    assertEquals(rounded.arrays(), HeapForecast.ofSolve(SOLVER, network).narrow());
    assertEquals(rounded.arrays(), rounded.narrow());
  }

  /** Ranges keep two more flows in 64 bits, whatever the solver. */
  @Test
  void rangesCount() {
    long more =
        HeapForecast.ofRanges(SOLVER, NETWORK).arrays()
            - HeapForecast.ofSolve(SOLVER, NETWORK).arrays();
    assertTrue(more >= 2 * 8 * size(NETWORK), "more " + more);
  }

  /** Flows that are not unique hold a number for each arc as long as anybody holds them. */
  @Test
  void flowsThatAreKeptCountWhereTheyHoldArcs() {
    FlowSolver dinic = Plugins.load(FlowSolver.class).get("dinic");
    assertEquals(
        10 * 8 * NETWORK.arcCount(),
        HeapForecast.ofSolves(dinic, NETWORK, 10).arrays()
            - HeapForecast.ofSolve(dinic, NETWORK).arrays());
    assertEquals(HeapForecast.ofSolve(SOLVER, NETWORK), HeapForecast.ofSolves(SOLVER, NETWORK, 10));
  }

  @Test
  void aLimitThatIsOneByteTooSmallIsRefusedWithTheExitCodeOfMemory() {
    HeapForecast forecast = new HeapForecast(3_000_000_000L, 3_000_000_000L, "to solve");
    assertDoesNotThrow(() -> forecast.check(forecast.bytes()));
    InsufficientMemoryException refusal =
        assertThrows(InsufficientMemoryException.class, () -> forecast.check(forecast.bytes() - 1));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.startsWith("needs about 3.32 GB to solve; the heap has 3.32 GB."), message);
    assertTrue(message.endsWith("Maybe ATTNFLOW_JAVA_OPTS=-Xmx4g."), message);
    assertEquals(ExitCode.MEMORY, FailureReport.of(refusal).exitCode());
  }

  /**
   * 12 layers of 512 tokens are arrays of 43.1 MB: in a heap of 44 MiB the collector was busy
   * without end, in one of 64 MiB hardly. Large networks need a tenth more than their arrays.
   */
  @Test
  void aHeapThatTheArraysFillIsNotEnough() {
    HeapForecast small = new HeapForecast(43_100_000, 43_100_000, "to solve");
    assertFalse(small.fits(44L << 20));
    assertTrue(small.fits(64L << 20));
    HeapForecast large = new HeapForecast(2_459_000_000L, 2_459_000_000L, "to solve");
    assertFalse(large.fits(large.arrays() * 110 / 100));
    assertTrue(large.fits(large.arrays() * 111 / 100));
  }

  /** The serial collector of -Xmx1g has 1,073,741,824 bytes but for a thirtieth. */
  @Test
  void theCureIsEnough() {
    for (long arrays = 100_000_000; arrays < 20_000_000_000L; arrays += 7_000_000) {
      HeapForecast forecast = new HeapForecast(arrays, arrays, "to solve");
      String message =
          String.valueOf(
              assertThrows(InsufficientMemoryException.class, () -> forecast.check(0))
                  .getMessage());
      long gigabytes = Long.parseLong(message.replaceAll(".*-Xmx(\\d+)g\\.", "$1"));
      assertTrue(forecast.fits((gigabytes << 30) / 30 * 29), message);
      assertFalse(forecast.fits((gigabytes - 1 << 30) / 30 * 29), message);
    }
  }

  /** Halfway between what either precision needs, 32 bits are proposed and no more. */
  @Test
  void capacitiesOf32BitsAreProposedWhereTheyFit() {
    FlowNetwork rounded = NETWORK.in(Precision.FLOAT);
    long narrow = HeapForecast.ofSolve(SOLVER, rounded).bytes();
    assertTrue(narrow < HeapForecast.ofSolve(SOLVER, NETWORK).bytes());
    String refusal = refusal(NETWORK, narrow);
    assertTrue(refusal.contains(" --precision float (about 0.0168 GB) or ATTN"), refusal);
    assertFalse(refusal(NETWORK, narrow - 1).contains("--precision"));
    assertDoesNotThrow(() -> HeapForecast.ofSolve(SOLVER, rounded).check(narrow));
    assertFalse(refusal(rounded, narrow - 1).contains("--precision"));
  }

  private static String refusal(FlowNetwork network, long limit) {
    return refusal(HeapForecast.ofSolve(SOLVER, network), limit);
  }

  /** Twenty groups of 300 nodes with 900 arcs each, in a ring: {@code barrier} makes them dense. */
  private static FlowNetwork sparse() {
    StringBuilder graph = new StringBuilder("p max 6002 18020\nn 6001 s\nn 6002 t\n");
    for (int node = 0; node < 6000; node++) {
      for (int step : new int[] {301, 457, 5701}) {
        graph.append("a " + (node + 1) + " " + ((node + step) % 6000 + 1) + " 1\n");
      }
    }
    for (int i = 0; i < 10; i++) {
      graph.append("a 6001 " + (i + 1) + " 1\na " + (3001 + i) + " 6002 1\n");
    }
    try {
      return NetworkFormats.readDimacs("ring", new StringReader(graph.toString())).network();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that fit are named, the one that needs least first, and none of another problem. */
  @Test
  void solversThatFitAreNamed() {
    FlowNetwork network = sparse();
    FlowSolver barrier = Plugins.load(FlowSolver.class).get("barrier");
    FlowSolver cholesky = Plugins.load(FlowSolver.class).get("laplacian-cholesky");
    HeapForecast refused = HeapForecast.ofSolve(barrier, network);
    long least = HeapForecast.ofSolve(SOLVER, network).bytes();
    long more = HeapForecast.ofSolve(cholesky, network).bytes();
    assertTrue(least < more && more < refused.bytes() - 1, least + " " + more + " " + refused);
    String all = refusal(refused, refused.bytes() - 1);
    assertTrue(all.contains("--solver laplacian (about " + Numbers.brief(least / 1e9)), all);
    assertTrue(
        all.contains(" or --solver laplacian-cholesky (about " + Numbers.brief(more / 1e9)), all);
    assertFalse(all.contains("dinic") || all.contains("--solver barrier"), all);
    assertTrue(refusal(refused, more).contains("laplacian-cholesky"));
    assertFalse(refusal(refused, more - 1).contains("laplacian-cholesky"));
    long narrow = HeapForecast.ofSolve(SOLVER, network.in(Precision.FLOAT)).bytes();
    assertFalse(refusal(refused, narrow - 1).contains("--solver"));
    assertTrue(narrow < least - 1);
    String both = refusal(refused, least - 1);
    assertTrue(both.contains("Maybe --solver laplacian --precision float (about "), both);
    String beside = refusal(refused.and(1 << 20), more);
    assertFalse(beside.contains("laplacian-cholesky"), beside);
    FlowSolver dinic = Plugins.load(FlowSolver.class).get("dinic");
    assertFalse(refusal(HeapForecast.ofSolve(dinic, network), 1 << 20).contains("laplacian"));
  }

  private static HeapForecast building(String solver, int layers, int tokens) {
    return new BuildForecast(
            (kind, l, t) ->
                new BackwardNetworkBuilder()
                    .build(
                        SyntheticInformation.of(SyntheticInformation.Kind.ATTENTION, l, t, 1, 7),
                        NetworkSettings.defaults()),
            BenchCommand.Kind.ATTENTION,
            Plugins.load(FlowSolver.class).get(solver))
        .of(layers, tokens, Precision.DOUBLE);
  }

  /** What will be needed is told from small networks to a part in a hundred. */
  @ParameterizedTest
  @ValueSource(strings = {"barrier", "laplacian", "laplacian-cholesky", "dinic"})
  void theSolveIsForecastBeforeTheNetworkIsBuilt(String solver) {
    FlowNetwork network =
        new BackwardNetworkBuilder()
            .build(
                SyntheticInformation.of(SyntheticInformation.Kind.ATTENTION, 5, 300, 1, 7),
                NetworkSettings.defaults());
    HeapForecast built =
        HeapForecast.ofSolves(Plugins.load(FlowSolver.class).get(solver), network, 1);
    HeapForecast before = building(solver, 5, 300);
    assertEquals(built.arrays(), before.whole(), built.arrays() / 100);
    assertEquals(built.narrow(), before.narrow(), built.arrays() / 100);
  }

  /**
   * In 32 bits the network could be built in this heap, but not solved; the heap named does both.
   */
  @Test
  void curesOfABuildingAreEnoughForTheSolve() {
    HeapForecast building = HeapForecast.ofBuilding(12, 8000, Precision.DOUBLE);
    HeapForecast narrow = HeapForecast.ofBuilding(12, 8000, Precision.FLOAT);
    HeapForecast whole = building("laplacian", 12, 8000);
    assertTrue(narrow.bytes() < building.bytes());
    String refusal = refusal(whole, narrow.bytes());
    assertFalse(refusal.contains("--precision"), refusal);
    long gigabytes = Long.parseLong(refusal.replaceAll(".*-Xmx(\\d+)g\\.", "$1"));
    assertTrue(gigabytes << 30 > whole.whole(), refusal);
    assertTrue(whole.whole() > building.arrays());
    assertTrue(refusal(building, narrow.bytes()).contains("--precision float"));
  }

  private static String refusal(HeapForecast forecast, long limit) {
    return String.valueOf(
        assertThrows(InsufficientMemoryException.class, () -> forecast.check(limit)).getMessage());
  }

  @Test
  void muchMemoryIsSaidBeforeTheSolveAndLittleIsNot() {
    long worth = HeapForecast.WORTH_SAYING;
    assertEquals("", said(new HeapForecast(worth / 2, worth, "to solve 7 nodes")));
    String line = said(new HeapForecast(worth, worth, "to solve 7 nodes"));
    assertTrue(line.startsWith("attnflow: needs about 0.312 GB to solve 7 nodes; the heap"), line);
    assertEquals(1, line.lines().count(), line);
  }

  private static String said(HeapForecast forecast) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);
    PrintStream out = new PrintStream(PrintStream.nullOutputStream());
    Console console =
        new Console(
            out, err, new ByteArrayInputStream(new byte[0]), Surroundings.none(), new Timings());
    forecast.check(console);
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void benchRefusesANetworkBeforeItIsBuilt() {
    CommandRun run = CommandRun.of("bench", "--layers=12", "--tokens=60000");
    assertEquals(ExitCode.MEMORY, run.code());
    assertTrue(run.err().contains("needs about 412 GB to build"), run.err());
  }
}
