package org.attentionflow.formats.benchmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.DualEvaluation;
import org.attentionflow.dual.Potentials;
import org.attentionflow.dual.StartingPoint;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.PrunedNetwork;
import org.junit.jupiter.api.Test;

class YardstickTest {
  private static final double MU = 1e-2;

  private static FlowNetwork network() {
    return PrunedNetwork.of(
            new BackwardNetworkBuilder()
                .build(
                    SyntheticInformation.of(SyntheticInformation.Kind.ATTENTION, 3, 7, 1, 5),
                    NetworkSettings.defaults()))
        .network();
  }

  /** The Laplacian is the derivative of the imbalance: the two sweeps have to agree on it. */
  @Test
  void theProductIsTheDerivativeOfTheImbalance() {
    FlowNetwork network = network();
    Yardstick yardstick = new Yardstick(network, MU);
    double scale = 1 / network.largestCapacity();
    ArcRows arcs = new ArcRows(network, scale);
    double[][] y = StartingPoint.of(network, arcs, scale, MU);
    DualEvaluation dual = new DualEvaluation(arcs);
    double step = 1e-6;
    double[][] above = Potentials.copy(dual.imbalanceAt(Potentials.plus(y, step, y), MU));
    double[][] below = Potentials.copy(dual.imbalanceAt(Potentials.plus(y, -step, y), MU));
    double[][] product = yardstick.product();
    for (int group = 0; group < product.length; group++) {
      for (int i = 0; i < product[group].length; i++) {
        double slope = (above[group][i] - below[group][i]) / (2 * step);
        // Rounding 1e-15 / step and curvature step² of values up to a few hundred.
        assertEquals(-slope, product[group][i], 1e-5 * (1 + Math.abs(slope)));
      }
    }
  }

  @Test
  void sweepsMayBeRepeated() {
    Yardstick yardstick = new Yardstick(network(), MU);
    double[][] first = Potentials.copy(yardstick.product());
    double[][] again = yardstick.product();
    for (int group = 0; group < first.length; group++) {
      assertArrayEquals(first[group], again[group], 0);
    }
    SweepTimes times = yardstick.measure(Runs.instance(7), 2);
    assertTrue(times.sweep() > 0 && times.product() > 0);
  }
}
