package org.attentionflow.cli;

import java.util.Optional;
import org.attentionflow.flow.Flow;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.tensor.Precision;
import org.attentionflow.tensor.Rounding;

/** What keeping capacities in 32 bits costs, in words. */
final class RoundingText {
  private RoundingText() {}

  /** One line for a flow whose network was rounded; empty for one that was not. */
  static Optional<String> of(Flow flow) {
    FlowNetwork network = flow.network().full();
    if (network.precision() != Precision.FLOAT) {
      return Optional.empty();
    }
    Rounding rounding = network.rounding();
    return Optional.of(
        "kept in 32 bits: the maximum flow changes by at most "
            + Numbers.brief(rounding.relative())
            + " of itself"
            + (rounding.absolute() > 0 ? " and " + Numbers.brief(rounding.absolute()) : ""));
  }
}
