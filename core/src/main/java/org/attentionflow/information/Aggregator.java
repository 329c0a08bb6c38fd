package org.attentionflow.information;

import java.util.Set;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Quantity;
import org.attentionflow.plugin.Plugin;

/**
 * Says how much information one head carries from a key token to a query token. The heads are
 * reduced afterwards, so the value may be any element-wise function of attention and gradient.
 * Stateless and thread-safe.
 */
public interface Aggregator extends Plugin {
  /** What the aggregator reads of a layer. */
  Set<Quantity> needs();

  /**
   * Computes the non-negative information of one head of a layer.
   *
   * @param layer the layer, with everything {@link #needs} names
   * @param head the head, from 0
   * @param into receives one value ≥ 0 per (query, key), row after row; overwritten
   */
  void head(AttentionLayer layer, int head, double[] into);
}
