package org.attentionflow.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.attentionflow.dual.ArcStrip;
import org.attentionflow.dual.ImbalanceSums;
import org.attentionflow.dual.PrimalDualLoops;
import org.attentionflow.dual.PrimalDualStep;
import org.attentionflow.dual.Sums;

/**
 * The loops of {@link PrimalDualLoops} with all operations on an arc in one: from the potentials of
 * its nodes to the sums, values stay in registers. The same operations in the same order, so the
 * same bits: sums of rows are kept per lane as {@link org.attentionflow.dual.Sums} keeps them, and
 * maxima, which no order changes, in the first lanes of their arrays. Rows shorter than a vector,
 * and those whose arcs have tails of their own, are left to the plain loops.
 */
final class VectorLoops extends PrimalDualLoops {
  private static final int LANES = ArcStrip.LANES;
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_512;

  /** The sums of a row. */
  private final double[] firstLanes = new double[LANES];

  private final double[] secondLanes = new double[LANES];

  VectorLoops(int length) {
    super(Math.max(length, LANES));
  }

  private static DoubleVector at(double[] array, int j) {
    return DoubleVector.fromArray(SPECIES, array, j);
  }

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(SPECIES, value);
  }

  private static boolean isLeft(ArcStrip strip) {
    return strip.isDiagonal() || strip.stride() < LANES;
  }

  @Override
  public void assemble(
      ArcStrip strip, double[][] potential, ImbalanceSums firstSums, ImbalanceSums secondSums) {
    if (isLeft(strip)) {
      super.assemble(strip, potential, firstSums, secondSums);
      return;
    }
    double[] heads = potential[strip.head()];
    double[] firstHeads = firstSums.heads(strip.chunk());
    double[] secondHeads = secondSums.heads(strip.chunk());
    for (int row = 0; row < strip.rows(); row++) {
      double tail = strip.shiftedTail(potential, row);
      assembleRow(strip, row, tail, heads, firstHeads, secondHeads);
      firstSums.addTail(strip, row, Sums.sum(firstLanes, 0, LANES));
      secondSums.addTail(strip, row, Sums.sum(secondLanes, 0, LANES));
    }
  }

  private void assembleRow(
      ArcStrip strip,
      int row,
      double rowTail,
      double[] heads,
      double[] firstHeads,
      double[] secondHeads) {
    double[] u = strip.capacity;
    double[] f = strip.flow;
    double[] l = strip.lower;
    double[] q = strip.upper;
    DoubleVector tail = all(rowTail);
    DoubleVector one = all(1);
    DoubleVector firstSum = all(0);
    DoubleVector secondSum = all(0);
    DoubleVector largest = at(most, 0);
    DoubleVector smallest = at(least, 0);
    int stride = strip.stride();
    int j = row * stride;
    for (int head = 0; head < stride; head += LANES) {
      DoubleVector fj = at(f, j);
      DoubleVector lj = at(l, j);
      DoubleVector qj = at(q, j);
      DoubleVector s = at(u, j).sub(fj);
      DoubleVector inverse = one.div(lj.fma(s, qj.mul(fj)));
      DoubleVector c = fj.mul(fj.sub(at(u, j))).mul(inverse);
      c.intoArray(coupling, j);
      DoubleVector flow = s.sub(fj).mul(inverse);
      at(secondHeads, head).add(flow).intoArray(secondHeads, head);
      secondSum = secondSum.add(flow);
      flow = c.fma(at(heads, head).sub(tail), fj);
      at(firstHeads, head).add(flow).intoArray(firstHeads, head);
      firstSum = firstSum.add(flow);
      DoubleVector atLower = fj.mul(lj);
      DoubleVector atUpper = s.mul(qj);
      at(product, j).add(atLower.add(atUpper)).intoArray(product, j);
      largest = largest.max(atLower.max(atUpper));
      smallest = smallest.min(atLower.min(atUpper));
      j += LANES;
    }
    largest.intoArray(most, 0);
    smallest.intoArray(least, 0);
    firstSum.intoArray(firstLanes, 0);
    secondSum.intoArray(secondLanes, 0);
  }

  @Override
  public void predict(ArcStrip strip, PrimalDualStep step, ImbalanceSums sums) {
    if (isLeft(strip)) {
      super.predict(strip, step, sums);
      return;
    }
    double[] heads = step.predicted()[strip.head()];
    double[] sumHeads = sums.heads(strip.chunk());
    for (int row = 0; row < strip.rows(); row++) {
      double tail = strip.shiftedTail(step.predicted(), row);
      predictRow(strip, row, step.predictedMu(), tail, heads, sumHeads);
      sums.addTail(strip, row, Sums.sum(firstLanes, 0, LANES));
    }
  }

  private void predictRow(
      ArcStrip strip, int row, double targetMu, double rowTail, double[] heads, double[] sumHeads) {
    double[] u = strip.capacity;
    double[] f = strip.flow;
    double[] l = strip.lower;
    double[] q = strip.upper;
    DoubleVector tail = all(rowTail);
    DoubleVector mu = all(targetMu);
    DoubleVector one = all(1);
    DoubleVector minusOne = all(-1);
    DoubleVector total = all(0);
    DoubleVector perFlow = at(leastPerFlow, 0);
    DoubleVector perSlack = at(mostPerSlack, 0);
    DoubleVector perPrice = at(leastPerPrice, 0);
    int stride = strip.stride();
    int j = row * stride;
    for (int head = 0; head < stride; head += LANES) {
      DoubleVector fj = at(f, j);
      DoubleVector lj = at(l, j);
      DoubleVector qj = at(q, j);
      DoubleVector s = at(u, j).sub(fj);
      DoubleVector lower = fj.mul(lj);
      DoubleVector upper = s.mul(qj);
      DoubleVector product = lower.mul(upper);
      DoubleVector sum = lj.fma(s, qj.mul(fj));
      DoubleVector inverse = one.div(sum.mul(product));
      DoubleVector perSum = inverse.mul(sum);
      DoubleVector perLower = perSum.mul(upper);
      DoubleVector perUpper = perSum.mul(lower);
      inverse = inverse.mul(product);
      DoubleVector fall = tail.sub(at(heads, head));
      DoubleVector flow = fj.mul(s).fma(fall, mu.mul(s.sub(fj))).mul(inverse);
      DoubleVector byLower = flow.mul(lj);
      DoubleVector byUpper = flow.mul(qj);
      lower = mu.sub(byLower).fma(perLower, minusOne);
      upper = mu.add(byUpper).fma(perUpper, minusOne);
      perFlow = perFlow.min(byLower.mul(perLower));
      perSlack = perSlack.max(byUpper.mul(perUpper));
      perPrice = perPrice.min(lower.min(upper));
      flow = inverse.mul(byLower.mul(lower).fma(s, byUpper.mul(upper).mul(fj)));
      at(sumHeads, head).add(flow).intoArray(sumHeads, head);
      total = total.add(flow);
      j += LANES;
    }
    perFlow.intoArray(leastPerFlow, 0);
    perSlack.intoArray(mostPerSlack, 0);
    perPrice.intoArray(leastPerPrice, 0);
    total.intoArray(firstLanes, 0);
  }

  @Override
  protected void correct(ArcStrip strip, PrimalDualStep step) {
    if (isLeft(strip)) {
      super.correct(strip, step);
      return;
    }
    double[] predicted = step.predicted()[strip.head()];
    double[] corrected = step.corrected()[strip.head()];
    for (int row = 0; row < strip.rows(); row++) {
      double predictedTail = strip.shiftedTail(step.predicted(), row);
      double correctedTail = strip.shiftedTail(step.corrected(), row);
      correctRow(strip, row, step, predictedTail, predicted, correctedTail, corrected);
    }
  }

  private void correctRow(
      ArcStrip strip,
      int row,
      PrimalDualStep step,
      double rowPredictedTail,
      double[] predicted,
      double rowCorrectedTail,
      double[] corrected) {
    double[] u = strip.capacity;
    double[] f = strip.flow;
    double[] l = strip.lower;
    double[] q = strip.upper;
    DoubleVector predictedTail = all(rowPredictedTail);
    DoubleVector correctedTail = all(rowCorrectedTail);
    DoubleVector predictedMu = all(step.predictedMu());
    DoubleVector mu = all(step.mu());
    DoubleVector weight = all(step.weight());
    DoubleVector minusWeight = all(-step.weight());
    DoubleVector one = all(1);
    DoubleVector minusOne = all(-1);
    int stride = strip.stride();
    int j = row * stride;
    for (int head = 0; head < stride; head += LANES) {
      DoubleVector fj = at(f, j);
      DoubleVector lj = at(l, j);
      DoubleVector qj = at(q, j);
      DoubleVector s = at(u, j).sub(fj);
      DoubleVector lower = fj.mul(lj);
      DoubleVector upper = s.mul(qj);
      DoubleVector product = lower.mul(upper);
      DoubleVector sum = lj.fma(s, qj.mul(fj));
      DoubleVector inverse = one.div(sum.mul(product));
      DoubleVector perSum = inverse.mul(sum);
      DoubleVector perLower = perSum.mul(upper);
      DoubleVector perUpper = perSum.mul(lower);
      inverse = inverse.mul(product);
      product = fj.mul(s);
      DoubleVector fall = predictedTail.sub(at(predicted, head));
      DoubleVector flow = product.fma(fall, predictedMu.mul(s.sub(fj))).mul(inverse);
      DoubleVector byLower = flow.mul(lj);
      DoubleVector byUpper = flow.mul(qj);
      lower = byLower.mul(predictedMu.sub(byLower).fma(perLower, minusOne));
      upper = byUpper.mul(predictedMu.add(byUpper).fma(perUpper, minusOne));
      lower = minusWeight.fma(lower, mu);
      upper = weight.fma(upper, mu);
      fall = correctedTail.sub(at(corrected, head));
      flow = product.fma(fall, lower.mul(s).sub(upper.mul(fj))).mul(inverse);
      byLower = flow.mul(lj);
      byUpper = flow.mul(qj);
      lower = lower.sub(byLower).fma(perLower, minusOne);
      upper = upper.add(byUpper).fma(perUpper, minusOne);
      flow.intoArray(flowStep, j);
      byLower.mul(perLower).intoArray(perFlow, j);
      byUpper.mul(perUpper).intoArray(perSlack, j);
      lower.intoArray(lowerStep, j);
      upper.intoArray(upperStep, j);
      j += LANES;
    }
  }

  @Override
  protected void extremes(ArcStrip strip) {
    if (isLeft(strip)) {
      super.extremes(strip);
      return;
    }
    DoubleVector flow = at(leastPerFlow, 0);
    DoubleVector slack = at(mostPerSlack, 0);
    DoubleVector price = at(leastPerPrice, 0);
    for (int j = 0; j < strip.length(); j += LANES) {
      flow = flow.min(at(perFlow, j));
      slack = slack.max(at(perSlack, j));
      price = price.min(at(lowerStep, j).min(at(upperStep, j)));
    }
    flow.intoArray(leastPerFlow, 0);
    slack.intoArray(mostPerSlack, 0);
    price.intoArray(leastPerPrice, 0);
  }

  @Override
  protected void advance(ArcStrip strip, PrimalDualStep step) {
    if (isLeft(strip)) {
      super.advance(strip, step);
      return;
    }
    DoubleVector primal = all(step.primal());
    DoubleVector dual = all(step.dual());
    for (int j = 0; j < strip.length(); j += LANES) {
      primal.fma(at(flowStep, j), at(strip.flow, j)).intoArray(strip.flow, j);
      DoubleVector price = at(strip.lower, j);
      dual.mul(price).fma(at(lowerStep, j), price).intoArray(strip.lower, j);
      price = at(strip.upper, j);
      dual.mul(price).fma(at(upperStep, j), price).intoArray(strip.upper, j);
    }
  }
}
