package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.information.Aggregator;
import org.attentionflow.network.NetworkBuilder;
import org.attentionflow.plugin.Nearest;
import org.attentionflow.plugin.Plugin;
import org.attentionflow.plugin.Plugins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lookup by name, and what a failed lookup says. */
class PluginsTest {
  @Test
  void findsTheProvidersOfCoreSortedByName() {
    assertEquals(List.of("attention", "attention-gradient", "gradient"), names(Aggregator.class));
    assertEquals(List.of("backward", "forward"), names(NetworkBuilder.class));
  }

  @Test
  void findsByNameAndByAlias() {
    Plugins<Aggregator> aggregators = Plugins.load(Aggregator.class);
    assertSame(aggregators.get("agf"), aggregators.get("attention-gradient"));
    assertTrue(aggregators.has("af"));
    assertFalse(aggregators.has("AF"));
  }

  @Test
  void aFailureNamesThoseWithTheNearestFirst() {
    assertEquals(
        "There is no network builder named 'foward'. Present: forward, backward."
            + " Did you mean forward?",
        failure(Plugins.load(NetworkBuilder.class), "foward"));
    assertEquals(
        "There is no aggregator named 'afg'. Present:"
            + " gradient, attention, attention-gradient. Did you mean af?",
        failure(Plugins.load(Aggregator.class), "afg"));
  }

  @Test
  void aFailureNamesTheArtifactThatIsMissing() {
    assertEquals(
        "There is no flow solver named 'barrier'. Present: none."
            + " Maybe add the artifact org.attentionflow:attention-flow-barrier.",
        failure(Plugins.of(FlowSolver.class, List.of()), "barrier"));
  }

  @Test
  void twoProvidersOfOneNameAreAnErrorThatNamesBoth() {
    List<FlowSolver> twice = List.of(new ExactFlowSolver(), new Namesake());
    String message =
        assertThrows(UnusableInputException.class, () -> Plugins.of(FlowSolver.class, twice))
            .getMessage();
    assertTrue(message.startsWith("Two flow solvers are named 'exact': "), message);
    assertTrue(message.contains(ExactFlowSolver.class.getName() + " in /"), message);
    assertTrue(message.contains(Namesake.class.getName() + " in /"), message);
  }

  @ParameterizedTest
  @CsvSource({"solver.mue,solver.mu", "metod,method", "agf2,agf", "xyzzy,"})
  void findsTheNearestWordIfItIsNear(String word, String expected) {
    List<String> known = List.of("method", "solver.mu", "solver.name", "agf");
    assertEquals(Optional.ofNullable(expected), Nearest.find(word, known));
  }

  @Test
  void sortsEquallyNearWordsByName() {
    assertEquals(
        List.of("ab", "aa", "ac", "zzz"), Nearest.sort("ab", List.of("ac", "zzz", "ab", "aa")));
  }

  private static final class Namesake extends ExactFlowSolver {}

  private static <P extends Plugin> List<String> names(Class<P> type) {
    return Plugins.load(type).all().stream().map(Plugin::name).toList();
  }

  private static String failure(Plugins<?> plugins, String name) {
    return assertThrows(UnusableInputException.class, () -> plugins.get(name)).getMessage();
  }
}
