package org.attentionflow.baselines.encoder;

/**
 * How the relevance of a result is split between its two operands (Chefer et al., CVPR 2021, §3.1).
 * A quotient with divisor zero counts as zero. Each rule conserves the sum of relevance but there.
 */
final class SplitRules {
  private SplitRules() {}

  /**
   * The sum a + b: each element's relevance is divided as a/(a + b) and b/(a + b); then both parts
   * are scaled so that their sums are Σ R · |Σ a'| / (|Σ a'| + |Σ b'|) and the rest.
   */
  static double[][] sum(double[] a, double[] b, double[] relevance) {
    double[] left = new double[a.length];
    double[] right = new double[a.length];
    double leftSum = 0;
    double rightSum = 0;
    double total = 0;
    for (int i = 0; i < a.length; i++) {
      double ratio = quotient(relevance[i], a[i] + b[i]);
      left[i] = a[i] * ratio;
      right[i] = b[i] * ratio;
      leftSum += left[i];
      rightSum += right[i];
      total += relevance[i];
    }
    double sizes = Math.abs(leftSum) + Math.abs(rightSum);
    scale(left, quotient(quotient(Math.abs(leftSum), sizes) * total, leftSum));
    scale(right, quotient(quotient(Math.abs(rightSum), sizes) * total, rightSum));
    return new double[][] {left, right};
  }

  /**
   * The product A V: with S = R / (A V), the attention gets A ∘ (S Vᵀ) / 2 and the values V ∘ (Aᵀ
   * S) / 2.
   */
  static double[][] attentionTimesValue(LayerPass layer, double[] relevance) {
    HeadShape heads = layer.heads();
    double[] ratio = quotients(relevance, layer.mixed());
    double[] attention = new double[layer.attention().length];
    double[] value = new double[layer.value().length];
    for (int h = 0; h < heads.headCount(); h++) {
      for (int q = 0; q < heads.tokenCount(); q++) {
        for (int k = 0; k < heads.tokenCount(); k++) {
          int at = heads.attentionRow(h, q) + k;
          double share = layer.attention()[at] / 2;
          attention[at] =
              share * heads.product(ratio, heads.row(h, q), layer.value(), heads.row(h, k));
          addProduct(heads, share, ratio, heads.row(h, q), layer.value(), heads.row(h, k), value);
        }
      }
    }
    return new double[][] {attention, value};
  }

  /**
   * The product Q Kᵀ, the scores before scaling: with S = R / (Q Kᵀ), the queries get Q ∘ (S K) / 2
   * and the keys K ∘ (Sᵀ Q) / 2.
   */
  static double[][] queryTimesKey(LayerPass layer, double[] relevance) {
    HeadShape heads = layer.heads();
    double[] query = new double[layer.query().length];
    double[] key = new double[layer.key().length];
    for (int h = 0; h < heads.headCount(); h++) {
      for (int q = 0; q < heads.tokenCount(); q++) {
        for (int k = 0; k < heads.tokenCount(); k++) {
          int queryRow = heads.row(h, q);
          int keyRow = heads.row(h, k);
          double score = heads.product(layer.query(), queryRow, layer.key(), keyRow);
          double ratio = quotient(relevance[heads.attentionRow(h, q) + k], score) / 2;
          addProduct(heads, ratio, layer.key(), keyRow, layer.query(), queryRow, query);
          addProduct(heads, ratio, layer.query(), queryRow, layer.key(), keyRow, key);
        }
      }
    }
    return new double[][] {query, key};
  }

  /** Adds factor · other ∘ own to the rows of own. */
  private static void addProduct(
      HeadShape heads,
      double factor,
      double[] other,
      int otherRow,
      double[] own,
      int ownRow,
      double[] into) {
    for (int d = 0; d < heads.headWidth(); d++) {
      into[ownRow + d] += factor * other[otherRow + d] * own[ownRow + d];
    }
  }

  private static double[] quotients(double[] dividend, double[] divisor) {
    double[] quotients = new double[dividend.length];
    for (int i = 0; i < quotients.length; i++) {
      quotients[i] = quotient(dividend[i], divisor[i]);
    }
    return quotients;
  }

  private static double quotient(double dividend, double divisor) {
    return divisor == 0 ? 0 : dividend / divisor;
  }

  private static void scale(double[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }
}
