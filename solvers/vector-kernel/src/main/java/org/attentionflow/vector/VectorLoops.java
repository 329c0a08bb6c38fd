package org.attentionflow.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.attentionflow.dual.ArcLoops;
import org.attentionflow.dual.Sums;

/**
 * {@link ArcLoops} with all operations on an arc in one loop: from the potentials of its nodes to
 * the sums, values stay in registers. The same operations in the same order as {@link
 * org.attentionflow.dual.ArcBarrier#row}, so the same bits: sums of rows are kept per lane as
 * {@link Sums} keeps them. Rows shorter than a vector, and those whose arcs have tails of their
 * own, are left to the plain loops.
 */
final class VectorLoops extends ArcLoops {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_512;

  /** The sums of a row. */
  private final double[] flowLanes = new double[LANES];

  private final double[] conductanceLanes = new double[LANES];

  VectorLoops(int widest) {
    super(widest);
  }

  @Override
  protected void compute(double mu, double[] columnFlow, double[] columnConductance) {
    if (isPaired() || stride() < LANES) {
      super.compute(mu, columnFlow, columnConductance);
      return;
    }
    for (int row = 0; row < rows(); row++) {
      row(row * stride(), tails[row], mu, columnFlow, columnConductance);
      rowFlow[row] = Sums.sum(flowLanes, 0, LANES);
      rowConductance[row] = Sums.sum(conductanceLanes, 0, LANES);
    }
  }

  private void row(
      int from, double rowTail, double mu, double[] columnFlow, double[] columnConductance) {
    DoubleVector tail = all(rowTail);
    DoubleVector ofMu = all(mu);
    DoubleVector twoMu = all(2 * mu);
    DoubleVector square = all(2 * mu * (2 * mu));
    DoubleVector one = all(1);
    DoubleVector half = all(0.5);
    DoubleVector flowSum = all(0);
    DoubleVector conductanceSum = all(0);
    for (int j = 0; j < stride(); j += LANES) {
      DoubleVector u = at(capacity, from + j);
      DoubleVector a = at(heads, j).sub(tail).mul(u);
      DoubleVector b = a.lanewise(VectorOperators.ABS);
      DoubleVector s = square.add(a.mul(a)).lanewise(VectorOperators.SQRT);
      DoubleVector q = twoMu.add(s);
      DoubleVector p = s.add(b);
      DoubleVector inverse = one.div(s.mul(q).mul(p));
      DoubleVector c = ofMu.mul(u).mul(u).mul(p.mul(inverse));
      DoubleVector part = ofMu.mul(p.add(twoMu)).add(half.mul(p).mul(b.sub(a)));
      DoubleVector f = u.min(u.mul(part.mul(s.mul(inverse))));
      c.intoArray(conductance, from + j);
      at(columnFlow, j).add(f).intoArray(columnFlow, j);
      at(columnConductance, j).add(c).intoArray(columnConductance, j);
      flowSum = flowSum.add(f);
      conductanceSum = conductanceSum.add(c);
    }
    flowSum.intoArray(flowLanes, 0);
    conductanceSum.intoArray(conductanceLanes, 0);
  }

  private static DoubleVector at(double[] array, int j) {
    return DoubleVector.fromArray(SPECIES, array, j);
  }

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(SPECIES, value);
  }
}
