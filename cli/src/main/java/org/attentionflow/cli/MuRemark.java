package org.attentionflow.cli;

import java.util.Optional;
import org.attentionflow.flow.Flow;

/** What to say of a barrier parameter that was given without regard to the capacities. */
final class MuRemark {
  private MuRemark() {}

  /**
   * A line for an absolute barrier parameter that says nothing of the maximum flow, because the
   * bound 2mμ on the difference exceeds the flow itself; empty for any other.
   */
  static Optional<String> ofAbsolute(Flow flow) {
    double bound = flow.certificate().gapBound();
    if (!flow.status().isReliable() || !(flow.value() > 0) || bound <= flow.value()) {
      return Optional.empty();
    }
    return Optional.of(
        "mu = "
            + Numbers.plain(flow.barrierParameter())
            + " is absolute; the largest capacity is "
            + Numbers.brief(flow.barrierParameter() / flow.relativeBarrierParameter())
            + ", so the bound on the error ("
            + Numbers.brief(bound)
            + ") exceeds the flow ("
            + Numbers.brief(flow.value())
            + "). Maybe use --mu-relative.");
  }
}
