package org.attentionflow.baselines.tensor;

import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.baselines.BaselineContract;

/** {@link ColumnSums} keeps the contract. */
class ColumnSumsTest extends BaselineContract {
  @Override
  protected AttributionMethod plugin() {
    return new ColumnSums();
  }
}
