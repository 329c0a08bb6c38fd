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
import org.junit.jupiter.api.Test;

class HeapForecastTest {
  private static final FlowNetwork NETWORK =
      new BackwardNetworkBuilder()
          .build(
              SyntheticInformation.of(SyntheticInformation.Kind.ATTENTION, 2, 5, 1, 7),
              NetworkSettings.defaults());

  @Test
  void theCapacitiesCountBesideTheSolver() {
    long blocks =
        NETWORK.blocks().stream().mapToLong(block -> block.capacity().values().length).sum();
    FlowSolver solver = Plugins.load(FlowSolver.class).get("laplacian");
    assertTrue(blocks >= 2 * 5 * 5, "two dense layers of five tokens");
    assertEquals(8 * blocks + solver.solveBytes(NETWORK), HeapForecast.bytes(solver, NETWORK));
  }

  @Test
  void aLimitThatIsOneByteTooSmallIsRefusedWithTheExitCodeOfMemory() {
    long need = 3_000_000_000L;
    assertDoesNotThrow(() -> HeapForecast.require(need, need, "to solve"));
    InsufficientMemoryException refusal =
        assertThrows(
            InsufficientMemoryException.class,
            () -> HeapForecast.require(need, need - 1, "to solve"));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("GB to solve; the heap has"), message);
    assertTrue(message.endsWith("Maybe ATTNFLOW_JAVA_OPTS=-Xmx3g."), message);
    assertEquals(ExitCode.MEMORY, FailureReport.of(refusal).exitCode());
  }

  @Test
  void benchRefusesANetworkBeforeItIsBuilt() {
    CommandRun run = CommandRun.of("bench", "--layers=12", "--tokens=60000");
    assertEquals(ExitCode.MEMORY, run.code());
    assertTrue(run.err().contains("needs about 691 GB to build"), run.err());
  }
}
