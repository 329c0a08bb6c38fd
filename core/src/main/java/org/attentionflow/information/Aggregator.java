package org.attentionflow.information;

import java.util.Set;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Quantity;
import org.attentionflow.plugin.Plugin;

/**
 * Says how much information a head carries from a key token to a query token. The heads are reduced
 * afterwards, so the value may be any element-wise function of attention and gradient. Stateless
 * and thread-safe.
 */
public interface Aggregator extends Plugin {
  /** What the aggregator reads of a layer. */
  Set<Quantity> needs();

  /**
   * Computes the non-negative information of some elements of a layer.
   *
   * @param layer the layer, with everything {@link #needs} names
   * @param first the first element, in the row-major order of [head, query, key]
   * @param into receives one value ≥ 0 for each of {@code into.length} elements; overwritten
   */
  void elements(AttentionLayer layer, int first, double[] into);
}
