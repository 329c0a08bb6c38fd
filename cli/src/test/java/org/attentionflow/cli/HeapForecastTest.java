package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.tensor.Precision;
import org.junit.jupiter.api.Test;

class HeapForecastTest {
  private static final FlowNetwork NETWORK =
      new BackwardNetworkBuilder()
          .build(
              SyntheticInformation.of(SyntheticInformation.Kind.ATTENTION, 2, 5, 1, 7),
              NetworkSettings.defaults());

  @Test
  void theCapacitiesCountBesideTheSolver() {
    long blocks = NETWORK.blocks().stream().mapToLong(block -> block.capacity().size()).sum();
    FlowSolver solver = Plugins.load(FlowSolver.class).get("laplacian");
    assertTrue(blocks >= 2 * 5 * 5, "two dense layers of five tokens");
    assertEquals(8 * blocks + solver.solveBytes(NETWORK), HeapForecast.bytes(solver, NETWORK));
  }

  @Test
  void aLimitThatIsOneByteTooSmallIsRefusedWithTheExitCodeOfMemory() {
    long need = 3_000_000_000L;
    assertDoesNotThrow(() -> HeapForecast.require(need, need, need, "to solve"));
    InsufficientMemoryException refusal =
        assertThrows(
            InsufficientMemoryException.class,
            () -> HeapForecast.require(need, need, need - 1, "to solve"));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("GB to solve; the heap has"), message);
    assertTrue(message.endsWith("Maybe ATTNFLOW_JAVA_OPTS=-Xmx3g."), message);
    assertEquals(ExitCode.MEMORY, FailureReport.of(refusal).exitCode());
  }

  /** Halfway between what either precision needs, 32 bits are proposed and no more. */
  @Test
  void capacitiesOf32BitsAreProposedWhereTheyFit() {
    FlowSolver solver = Plugins.load(FlowSolver.class).get("laplacian");
    FlowNetwork rounded = NETWORK.in(Precision.FLOAT);
    long narrow = HeapForecast.bytes(solver, rounded);
    assertEquals(HeapForecast.bytes(solver, NETWORK) - narrow, rounded.capacityBytes());
    String refusal = refusal(solver, NETWORK, narrow);
    assertTrue(refusal.contains("Maybe --precision float (about 1.41e-5 GB) or ATTN"), refusal);
    assertTrue(refusal(solver, NETWORK, narrow - 1).contains("Maybe ATTNFLOW_JAVA_OPTS"));
    assertDoesNotThrow(() -> HeapForecast.check(solver, rounded, narrow));
    assertTrue(refusal(solver, rounded, narrow - 1).contains("Maybe ATTNFLOW_JAVA_OPTS"));
  }

  private static String refusal(FlowSolver solver, FlowNetwork network, long limit) {
    return String.valueOf(
        assertThrows(
                InsufficientMemoryException.class, () -> HeapForecast.check(solver, network, limit))
            .getMessage());
  }

  @Test
  void benchRefusesANetworkBeforeItIsBuilt() {
    CommandRun run = CommandRun.of("bench", "--layers=12", "--tokens=60000");
    assertEquals(ExitCode.MEMORY, run.code());
    assertTrue(run.err().contains("needs about 374 GB to build"), run.err());
  }
}
