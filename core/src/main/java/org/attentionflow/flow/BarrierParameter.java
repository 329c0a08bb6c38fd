package org.attentionflow.flow;

import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.network.FlowNetwork;

/**
 * The barrier parameter μ > 0. Since solving (γu, γμ) gives γ times the flow of (u, μ), a bare
 * number means nothing without the scale of the capacities; so it is given relative to the largest
 * capacity of the network (not counting terminal arcs), or absolute on purpose.
 *
 * @param value the number, positive and finite
 * @param isRelative whether it is a multiple of the largest capacity
 */
public record BarrierParameter(double value, boolean isRelative) {
  /** The default, relative: small enough to be near a maximum flow, large enough to be unique. */
  public static final double DEFAULT_RELATIVE = 1e-3;

  /**
   * Checks the value.
   *
   * @throws UnusableInputException if it is not positive and finite
   */
  public BarrierParameter {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new UnusableInputException(
          "The barrier parameter mu (" + value + ") must be positive and finite. Maybe 1e-3.");
    }
  }

  /** A multiple of the largest capacity of the network. */
  public static BarrierParameter relative(double value) {
    return new BarrierParameter(value, true);
  }

  /** An absolute value, in the unit of the capacities; the form of the paper. */
  public static BarrierParameter absolute(double value) {
    return new BarrierParameter(value, false);
  }

  /** The absolute value for a network. */
  public double absoluteFor(FlowNetwork network) {
    return isRelative ? value * network.largestCapacity() : value;
  }

  /**
   * The value relative to the largest capacity of a network, as it was given if it was relative.
   */
  public double relativeFor(FlowNetwork network) {
    return isRelative ? value : value / network.largestCapacity();
  }
}
