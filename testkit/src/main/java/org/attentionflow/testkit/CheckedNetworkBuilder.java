package org.attentionflow.testkit;

import java.util.Arrays;
import java.util.List;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.CapacityScale;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkBuilder;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.tensor.Matrix;

/**
 * A network builder that asserts what its interface promises, around another: the tensor stays as
 * it is, the information becomes capacities times the scale, and largest and return capacity are
 * those of the arcs. Failures are {@link AssertionError}s.
 */
public final class CheckedNetworkBuilder implements NetworkBuilder {
  private final NetworkBuilder builder;

  /** Wraps a builder. */
  public CheckedNetworkBuilder(NetworkBuilder builder) {
    this.builder = builder;
  }

  @Override
  public String name() {
    return builder.name();
  }

  @Override
  public List<String> aliases() {
    return builder.aliases();
  }

  @Override
  public String summary() {
    return builder.summary();
  }

  @Override
  public String source() {
    return builder.source();
  }

  @Override
  public FlowNetwork build(InformationTensor information, NetworkSettings settings) {
    List<Matrix> layers = information.stacks().values().stream().flatMap(List::stream).toList();
    List<double[]> before = layers.stream().map(layer -> layer.values().clone()).toList();
    FlowNetwork network = builder.build(information, settings);
    for (int layer = 0; layer < before.size(); layer++) {
      int number = layer;
      Checks.that(
          Arrays.equals(before.get(layer), layers.get(layer).values()),
          () -> name() + " changed layer " + number + " of the information tensor.");
    }
    checkCapacities(network, layers);
    Checks.that(
        settings.scale() == CapacityScale.PAPER || network.scale() == 1,
        () -> name() + " scaled the capacities by " + network.scale() + " without being asked to.");
    Checks.that(!network.tokenBlocks().isEmpty(), () -> name() + " gives no token a score.");
    return network;
  }

  private void checkCapacities(FlowNetwork network, List<Matrix> layers) {
    double largest =
        layers.stream().flatMapToDouble(m -> Arrays.stream(m.values())).max().orElse(0);
    Checks.that(
        network.largestCapacity() == largest * network.scale(),
        () ->
            name()
                + " gives "
                + network.largestCapacity()
                + " as the largest capacity; that of the information tensor, scaled, is "
                + largest * network.scale());
    double sum =
        network.blocks().stream()
            .flatMapToDouble(block -> Arrays.stream(block.capacity().values()))
            .sum();
    Checks.that(
        Math.abs(network.returnCapacity() - sum) <= FlowChecks.ROUNDING * sum,
        () -> "The return capacity is " + network.returnCapacity() + ", the sum of all " + sum);
  }
}
