package org.attentionflow.dual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArcBarrierTest {
  private static final long SEED = 20;

  /** The flow is the root of r − μ/f + μ/(u − f), found by bisection on a stable form. */
  @Test
  void flowIsTheMinimiserOfTheArcsLagrangian() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 20_000; i++) {
      double u = Math.pow(10, random.nextDouble(-9, 3));
      double mu = Math.pow(10, random.nextDouble(-9, 0));
      double r = Math.pow(10, random.nextDouble(-9, 1)) * (random.nextBoolean() ? 1 : -1);
      double low = 0;
      double high = u;
      for (int k = 0; k < 200; k++) {
        double f = (low + high) / 2;
        boolean rising = r * f * (u - f) - mu * (u - f) + mu * f > 0;
        high = rising ? f : high;
        low = rising ? low : f;
      }
      // Both are rounded to about u·2⁻⁵²; the bisection's own function to a few times that.
      assertEquals(low, ArcBarrier.flow(u, r, mu), 1e-14 * u, "u " + u + " r " + r + " mu " + mu);
    }
  }

  /**
   * The exact reduced cost of a flow is known; rounding of it moves the flow by as much, or less.
   */
  @Test
  void flowIsAccurateRelativeToItselfHoweverLargeTheCapacity() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 20_000; i++) {
      double f = Math.pow(10, random.nextDouble(-6, 3));
      double u = f * Math.pow(10, random.nextDouble(0.5, 12));
      double mu = Math.pow(10, random.nextDouble(-9, 0));
      double r = mu / f - mu / (u - f);
      assertEquals(f, ArcBarrier.flow(u, r, mu), 1e-14 * f, "u " + u + " f " + f + " mu " + mu);
      double[] row = new double[1];
      ArcBarrier.row(1, new double[] {u}, new double[] {r}, mu, row, new double[1]);
      assertEquals(f, row[0], 1e-14 * f, "u " + u + " f " + f + " mu " + mu);
    }
  }

  @Test
  void flowStaysWithinItsBoundsHoweverExtremeTheArc() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 20_000; i++) {
      double u = Math.pow(10, random.nextDouble(-30, 10));
      double mu = Math.pow(10, random.nextDouble(-20, 5));
      double r = Math.pow(10, random.nextDouble(-20, 20)) * (random.nextBoolean() ? 1 : -1);
      double f = ArcBarrier.flow(u, r, mu);
      assertTrue(f >= 0 && f <= u, "u " + u + " r " + r + " mu " + mu + " f " + f);
    }
    assertEquals(0, ArcBarrier.flow(0, 1, 1));
    assertEquals(0, ArcBarrier.conductance(0, 1, 1));
  }

  /** Central differences with step h: truncation h²/6·f‴ and rounding u·2⁻⁵²/h, both below 1e-6. */
  @Test
  void conductanceIsTheNegativeDerivativeOfTheFlow() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 2_000; i++) {
      double u = random.nextDouble(0.1, 2);
      double mu = random.nextDouble(0.05, 1);
      double r = random.nextDouble(-3, 3);
      double h = 1e-5;
      double slope = (ArcBarrier.flow(u, r + h, mu) - ArcBarrier.flow(u, r - h, mu)) / (2 * h);
      assertEquals(-slope, ArcBarrier.conductance(u, r, mu), 1e-7);
    }
  }

  /** The vectorised row computes the same two formulas in another order of operations. */
  @Test
  void rowAgreesWithSingleArcs() {
    SplittableRandom random = new SplittableRandom(SEED);
    int count = 37;
    double[] capacity = random.doubles(count, 0, 3).toArray();
    capacity[7] = 0;
    double[] cost = random.doubles(count, -1, 1).toArray();
    double[] flow = new double[count];
    double[] conductance = new double[count];
    ArcBarrier.row(count, capacity, cost, 1e-3, flow, conductance);
    for (int j = 0; j < count; j++) {
      double u = capacity[j];
      double expected = ArcBarrier.flow(u, cost[j], 1e-3);
      assertEquals(expected, flow[j], 1e-14 * u);
      double c = ArcBarrier.conductance(u, cost[j], 1e-3);
      assertEquals(c, conductance[j], 1e-14 * c);
    }
  }
}
