package org.attentionflow.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.attentionflow.dual.PrimalDualLoops;

/**
 * The loops of {@link PrimalDualLoops} with all operations on an arc in one: values stay in
 * registers between them. The same operations in the same order, so the same bits; the arcs that
 * fill no vector are left to the plain loops.
 */
final class VectorLoops extends PrimalDualLoops {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();

  VectorLoops(int length) {
    super(length);
  }

  private static DoubleVector at(double[] array, int j) {
    return DoubleVector.fromArray(SPECIES, array, j);
  }

  @Override
  protected void assemble(int from, double[] u, double[] f, double[] l, double[] q) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
    int j = from;
    for (; j + LENGTH <= u.length; j += LENGTH) {
      DoubleVector uj = at(u, j);
      DoubleVector fj = at(f, j);
      DoubleVector lj = at(l, j);
      DoubleVector qj = at(q, j);
      DoubleVector s = uj.sub(fj);
      DoubleVector inverse = one.div(lj.mul(s).add(qj.mul(fj)));
      DoubleVector c = fj.mul(s).mul(inverse);
      c.intoArray(conductance, j);
      uj.sub(two.mul(fj)).mul(inverse).intoArray(second, j);
      fj.sub(c.mul(at(cost, j))).intoArray(first, j);
      DoubleVector atLower = fj.mul(lj);
      DoubleVector atUpper = s.mul(qj);
      at(product, j).add(atLower.add(atUpper)).intoArray(product, j);
      at(most, j).max(atLower.max(atUpper)).intoArray(most, j);
      at(least, j).min(atLower.min(atUpper)).intoArray(least, j);
    }
    super.assemble(j, u, f, l, q);
  }

  @Override
  protected void step(int from, double mu, double[] u, double[] f, double[] l, double[] q) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector target = DoubleVector.broadcast(SPECIES, mu);
    int j = from;
    for (; j + LENGTH <= u.length; j += LENGTH) {
      DoubleVector fj = at(f, j);
      DoubleVector lj = at(l, j);
      DoubleVector qj = at(q, j);
      DoubleVector s = at(u, j).sub(fj);
      DoubleVector atLower = fj.mul(lj);
      DoubleVector atUpper = s.mul(qj);
      DoubleVector sum = lj.mul(s).add(qj.mul(fj));
      DoubleVector inverse = one.div(sum.mul(atLower.mul(atUpper)));
      DoubleVector perSum = inverse.mul(sum);
      DoubleVector perLower = perSum.mul(atUpper);
      DoubleVector perUpper = perSum.mul(atLower);
      inverse = inverse.mul(atLower).mul(atUpper);
      inverse.intoArray(inverseSum, j);
      perLower.intoArray(inverseLower, j);
      perUpper.intoArray(inverseUpper, j);
      DoubleVector moved = at(cost, j).add(at(change, j));
      DoubleVector flow = target.mul(s.sub(fj)).sub(fj.mul(s).mul(moved)).mul(inverse);
      flow.intoArray(flowStep, j);
      target.sub(lj.mul(flow)).mul(perLower).sub(one).intoArray(lowerStep, j);
      target.add(qj.mul(flow)).mul(perUpper).sub(one).intoArray(upperStep, j);
    }
    super.step(j, mu, u, f, l, q);
  }

  @Override
  protected void feedback(int from, double[] u, double[] f, double[] l, double[] q) {
    int j = from;
    for (; j + LENGTH <= u.length; j += LENGTH) {
      DoubleVector fj = at(f, j);
      DoubleVector lj = at(l, j);
      DoubleVector qj = at(q, j);
      DoubleVector flow = at(flowStep, j);
      at(byPrimal, j).add(flow.mul(lj.sub(qj))).intoArray(byPrimal, j);
      DoubleVector lower = flow.mul(lj).mul(at(lowerStep, j));
      DoubleVector upper = flow.mul(qj).mul(at(upperStep, j));
      at(byBoth, j).add(lower.sub(upper)).intoArray(byBoth, j);
      DoubleVector both = lower.mul(at(u, j).sub(fj)).add(upper.mul(fj));
      at(inverseSum, j).neg().mul(both).intoArray(first, j);
    }
    super.feedback(j, u, f, l, q);
  }

  @Override
  protected void correct(
      int from, double mu, double weight, double[] u, double[] f, double[] l, double[] q) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector target = DoubleVector.broadcast(SPECIES, mu);
    DoubleVector part = DoubleVector.broadcast(SPECIES, weight);
    int j = from;
    for (; j + LENGTH <= u.length; j += LENGTH) {
      DoubleVector fj = at(f, j);
      DoubleVector lj = at(l, j);
      DoubleVector qj = at(q, j);
      DoubleVector s = at(u, j).sub(fj);
      DoubleVector predicted = at(flowStep, j);
      DoubleVector lower = target.sub(part.mul(predicted.mul(lj).mul(at(lowerStep, j))));
      DoubleVector upper = target.add(part.mul(predicted.mul(qj).mul(at(upperStep, j))));
      DoubleVector byCost = fj.mul(s).mul(at(cost, j).add(at(secondChange, j)));
      DoubleVector toTargets = lower.mul(s).sub(upper.mul(fj));
      DoubleVector flow = toTargets.sub(byCost).mul(at(inverseSum, j));
      flow.intoArray(flowStep, j);
      lower.sub(lj.mul(flow)).mul(at(inverseLower, j)).sub(one).intoArray(lowerStep, j);
      upper.add(qj.mul(flow)).mul(at(inverseUpper, j)).sub(one).intoArray(upperStep, j);
    }
    super.correct(j, mu, weight, u, f, l, q);
  }

  @Override
  protected void ratios(int from, double[] l, double[] q) {
    int j = from;
    for (; j + LENGTH <= l.length; j += LENGTH) {
      DoubleVector flow = at(flowStep, j);
      DoubleVector perFlow = flow.mul(at(l, j)).mul(at(inverseLower, j));
      DoubleVector perSlack = flow.mul(at(q, j)).mul(at(inverseUpper, j));
      at(primalRatio, j).max(perFlow.neg().max(perSlack)).intoArray(primalRatio, j);
      DoubleVector loss = at(lowerStep, j).neg().max(at(upperStep, j).neg());
      at(dualRatio, j).max(loss).intoArray(dualRatio, j);
    }
    super.ratios(j, l, q);
  }

  @Override
  protected void take(int from, double primal, double dual, double[] f, double[] l, double[] q) {
    DoubleVector ofFlow = DoubleVector.broadcast(SPECIES, primal);
    DoubleVector ofPrices = DoubleVector.broadcast(SPECIES, dual);
    int j = from;
    for (; j + LENGTH <= f.length; j += LENGTH) {
      DoubleVector lj = at(l, j);
      DoubleVector qj = at(q, j);
      at(f, j).add(ofFlow.mul(at(flowStep, j))).intoArray(f, j);
      lj.add(ofPrices.mul(lj).mul(at(lowerStep, j))).intoArray(l, j);
      qj.add(ofPrices.mul(qj).mul(at(upperStep, j))).intoArray(q, j);
      at(cost, j).add(ofPrices.mul(at(secondChange, j))).intoArray(cost, j);
    }
    super.take(j, primal, dual, f, l, q);
  }
}
