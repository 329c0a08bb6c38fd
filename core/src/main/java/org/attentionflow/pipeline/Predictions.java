package org.attentionflow.pipeline;

import org.attentionflow.engine.ModelDescription;

/** From logits to a prediction. */
public final class Predictions {
  private Predictions() {}

  /** The prediction that logits stand for. */
  public static Prediction of(float[] logits, ModelDescription model) {
    double[] probabilities = softmax(logits);
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return new Prediction(model.label(best), best, probabilities[best], probabilities);
  }

  /** The softmax, computed in double precision after subtracting the largest logit. */
  static double[] softmax(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double[] result = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.exp(logits[i] - largest);
      sum += result[i];
    }
    for (int i = 0; i < result.length; i++) {
      result[i] /= sum;
    }
    return result;
  }
}
