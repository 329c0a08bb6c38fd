package org.attentionflow.baselines.encoder;

/**
 * What each token's value carries through a layer's attention, behind the attention's last map but
 * without its bias: per head and token v_j W_Oᵀ, and for a query i and token j their sum Σ_h A_h[i,
 * j] v_j W_Oᵀ. The sum over all j and the bias are the attention's output (a test says so).
 */
public final class ValueVectors {
  private final HeadShape heads;
  private final double[] attention;

  /** [head][token · hidden]. */
  private final double[][] carried;

  private ValueVectors(HeadShape heads, double[] attention, double[][] carried) {
    this.heads = heads;
    this.attention = attention;
    this.carried = carried;
  }

  /** Takes them from a layer; O(t · d²) time. */
  public static ValueVectors of(LayerPass layer) {
    HeadShape heads = layer.heads();
    AffineMap output = AffineMap.of(layer.weights().output());
    double[][] carried = new double[heads.headCount()][];
    for (int h = 0; h < carried.length; h++) {
      double[] values = new double[heads.tokenCount() * heads.headWidth()];
      for (int j = 0; j < heads.tokenCount(); j++) {
        System.arraycopy(
            layer.value(), heads.row(h, j), values, j * heads.headWidth(), heads.headWidth());
      }
      carried[h] = output.partial(values, h * heads.headWidth(), heads.headWidth());
    }
    return new ValueVectors(heads, layer.attention(), carried);
  }

  /** Adds factor · Σ_h A_h[query, token] v_token W_Oᵀ to a row that begins at a position. */
  public void add(int query, int token, double factor, double[] into, int at) {
    int hidden = heads.hidden();
    for (int h = 0; h < carried.length; h++) {
      double share = factor * attention[heads.attentionRow(h, query) + token];
      for (int d = 0; d < hidden; d++) {
        into[at + d] += share * carried[h][token * hidden + d];
      }
    }
  }
}
