package org.attentionflow.evaluation.perturbation;

/** Logarithms of softmax probabilities: log p_c = z_c − m − log Σ exp(z_j − m), m = max z. */
public final class LogSoftmax {
  private LogSoftmax() {}

  /** The log-probabilities, natural, of logits. */
  public static double[] of(float[] logits) {
    double[] exact = new double[logits.length];
    for (int c = 0; c < logits.length; c++) {
      exact[c] = logits[c];
    }
    return of(exact);
  }

  /** The log-probabilities, natural, of logits. */
  public static double[] of(double[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - most);
    }
    double logSum = Math.log(sum);
    double[] result = new double[logits.length];
    for (int c = 0; c < logits.length; c++) {
      result[c] = logits[c] - most - logSum;
    }
    return result;
  }
}
