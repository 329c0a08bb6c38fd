package org.attentionflow.formats.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnalysisTest {
  private static final Analysis ANALYSIS = new Analysis(Runs.twoSolvers(), "cubic", 128);

  @Test
  void growthIsFittedOverCertifiedSizes() {
    List<Analysis.Growth> growths = ANALYSIS.growths();
    assertEquals(2, growths.size());
    assertEquals("linear", growths.get(0).solver());
    assertEquals(1, growths.get(0).fit().exponent(), 1e-12);
    assertEquals(4, growths.get(0).fit().points());
    assertEquals(1.5, growths.get(1).fit().exponent(), 1e-12);
    assertTrue(new Analysis(Runs.twoSolvers(), "cubic", 500).growths().isEmpty());
  }

  /** Power laws are straight lines on logarithms: interpolation finds their crossing exactly. */
  @Test
  void theCrossoverIsWhereTheLinesMeet() {
    List<Analysis.Crossover> crossovers = ANALYSIS.crossovers();
    assertEquals(1, crossovers.size());
    double first = Runs.instance(128).arcs();
    // 1e-7 a = 1e-2 (a / first)^1.5
    double arcs = Math.pow(1e-5 * Math.pow(first, 1.5), 2);
    assertEquals(arcs, crossovers.get(0).arcs(), 1e-9 * arcs);
    assertEquals("cubic", crossovers.get(0).fasterBelow());
    assertEquals("linear", crossovers.get(0).slowerBelow());
  }

  @Test
  void ratiosCompareTheSameInstance() {
    Measurement linear = ANALYSIS.run().curve(Runs.instance(128).series(), "linear").get(1);
    double seconds = linear.time().median();
    assertEquals(1e-2 / seconds, ANALYSIS.speedUp(linear).getAsDouble(), 1e-12);
    assertEquals(20, ANALYSIS.inSweeps(linear).getAsDouble(), 1e-9);
    assertEquals(100, ANALYSIS.inProducts(linear).getAsDouble(), 1e-9);
  }

  @Test
  void whatOneYardstickDoesNotSayTheOtherMay() {
    Measurement linear = Runs.measurement("linear", 128, 1e-2, "CERTIFIED");
    SweepTimes sweepAlone = new SweepTimes(linear.instance(), 1e-3, Double.NaN);
    BenchmarkRun run =
        new BenchmarkRun(
            Runs.MACHINE, "", "", "", List.of(linear), List.of(sweepAlone), List.of(), List.of());
    Analysis analysis = new Analysis(run, "linear", 128);
    assertEquals(10, analysis.inSweeps(linear).getAsDouble(), 1e-12);
    assertTrue(analysis.inProducts(linear).isEmpty());
  }

  @Test
  void whatIsNotCertifiedIsNotCompared() {
    List<Measurement> all = ANALYSIS.run().measurements();
    Measurement failed = all.get(all.size() - 1);
    assertTrue(ANALYSIS.speedUp(failed).isEmpty());
    assertEquals(5, ANALYSIS.run().curve(failed.instance().series(), "cubic").size());
    assertTrue(new Analysis(Runs.twoSolvers(), "absent", 128).speedUp(all.get(0)).isEmpty());
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddle() {
    assertEquals(new Times(2.5, 1, 9, 4, true), Times.of(9, 2, 1, 3));
    assertEquals(new Times(3, 3, 3, 1, false), Times.withoutWarmUp(3));
  }
}
