package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.CapacityScale;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkBuilder;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.Sources;
import org.attentionflow.network.TerminalCapacity;
import org.attentionflow.tensor.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every builder of networks from a plain layer stack owes. A provider's test is this class
 * with {@link #plugin} filled in.
 */
public abstract class NetworkBuilderContract extends PluginContract<NetworkBuilder> {
  private static final NetworkSettings DEFAULTS = NetworkSettings.defaults();

  /** For the interface {@link NetworkBuilder}. */
  protected NetworkBuilderContract() {
    super(NetworkBuilder.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void givesEveryTokenAScore(int tokens) {
    assertEquals(tokens, build(layers(0, 3, tokens), DEFAULTS).tokenCount());
  }

  /** Open terminals never bind: their capacity alone exceeds every possible flow. */
  @Test
  void openTerminalsAreNeverCut() {
    for (long seed = 0; seed < 20; seed++) {
      FlowNetwork network = build(layers(seed, 4, 5), DEFAULTS);
      double value = ExactMaximumFlow.of(network).value();
      for (ArcBlock block : network.blocks()) {
        for (double capacity : block.capacity().values()) {
          assertTrue(!network.isTerminal(block) || capacity > value, "terminal " + capacity);
        }
      }
    }
  }

  @Test
  void tokenTerminalsHaveTheNumberOfTokens() {
    NetworkSettings settings =
        new NetworkSettings(TerminalCapacity.TOKENS, CapacityScale.NONE, Sources.all());
    FlowNetwork network = build(layers(1, 2, 5), settings);
    for (ArcBlock block : network.blocks()) {
      for (double capacity : block.capacity().values()) {
        assertTrue(!network.isTerminal(block) || capacity == 5);
      }
    }
  }

  /** γ = 10^β, β = −⌊log₁₀ of the smallest positive capacity⌋: every capacity times γ. */
  @ParameterizedTest
  @EnumSource(TerminalCapacity.class)
  void paperScaleMultipliesEveryCapacity(TerminalCapacity terminals) {
    List<Matrix> layers = List.of(Matrix.ofRows(new double[][] {{0, 0.5}, {0.0035, 0.02}}));
    FlowNetwork plain =
        build(layers, new NetworkSettings(terminals, CapacityScale.NONE, Sources.all()));
    FlowNetwork scaled =
        build(layers, new NetworkSettings(terminals, CapacityScale.PAPER, Sources.all()));
    assertEquals(1000, scaled.scale());
    assertCapacities(NetworkTransforms.scaled(plain, 1000), scaled);
    assertEquals(500, scaled.largestCapacity(), 0);
  }

  /** The value of the maximum flow does not depend on where in the order of tokens a source is. */
  @Test
  void onePositionOfManySources() {
    List<Matrix> layers = layers(2, 1, 4);
    double[] top = layers.get(0).values();
    for (int position = 0; position < 4; position++) {
      double row = top[4 * position] + top[4 * position + 1] + top[4 * position + 2];
      row += top[4 * position + 3];
      for (int counted : new int[] {position, position - 4}) {
        double value = ExactMaximumFlow.of(build(layers, at(counted))).value();
        assertEquals(row, value, FlowChecks.ROUNDING);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-5, 4, 100})
  void refusesASourceThatIsNoToken(int position) {
    String message =
        assertThrows(UnusableInputException.class, () -> build(layers(2, 2, 4), at(position)))
            .getMessage();
    assertTrue(String.valueOf(message).contains("position " + position + " "), message);
  }

  @Test
  void refusesLayersThatDoNotFit() {
    List<Matrix> layers = List.of(layers(1, 1, 3).get(0), layers(1, 1, 4).get(0));
    assertThrows(UnusableInputException.class, () -> build(layers, DEFAULTS));
    assertThrows(UnusableInputException.class, () -> build(List.of(), DEFAULTS));
  }

  @Test
  void buildsTheSameNetworkAgain() {
    assertCapacities(build(layers(7, 3, 4), DEFAULTS), build(layers(7, 3, 4), DEFAULTS));
  }

  private FlowNetwork build(List<Matrix> layers, NetworkSettings settings) {
    return new CheckedNetworkBuilder(plugin()).build(InformationTensor.of(layers), settings);
  }

  private static NetworkSettings at(int position) {
    return new NetworkSettings(
        TerminalCapacity.OPEN, CapacityScale.NONE, Sources.position(position));
  }

  private static List<Matrix> layers(long seed, int layers, int tokens) {
    return new RandomLayers(new Random(seed), layers, tokens).sparse();
  }

  private static void assertCapacities(FlowNetwork expected, FlowNetwork actual) {
    assertEquals(expected.groups(), actual.groups());
    assertEquals(expected.blocks().size(), actual.blocks().size());
    for (int block = 0; block < expected.blocks().size(); block++) {
      double[] capacity = expected.blocks().get(block).capacity().values();
      double[] other = actual.blocks().get(block).capacity().values();
      assertEquals(capacity.length, other.length);
      for (int i = 0; i < capacity.length; i++) {
        assertEquals(capacity[i], other[i], FlowChecks.ROUNDING * capacity[i]);
      }
    }
    assertArrayEquals(
        new double[] {expected.largestCapacity()}, new double[] {actual.largestCapacity()}, 1e-9);
  }
}
