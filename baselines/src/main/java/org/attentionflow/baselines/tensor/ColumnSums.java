package org.attentionflow.baselines.tensor;

import java.util.List;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.baselines.Profile;
import org.attentionflow.network.Sources;
import org.attentionflow.tensor.Matrix;

/**
 * The column sums of the first layer: what the flow method gives when that layer is the minimum
 * cut.
 */
public final class ColumnSums extends TensorMethod {
  /** Makes the method. */
  public ColumnSums() {
    super(
        Profile.of(MethodGroup.INFORMATION_TENSOR, "column-sums")
            .summary("The column sums of the tensor's first layer; depth is ignored.")
            .formula("s_i = sum over q of T_1[q, i]")
            .source("the flow method where its minimum cut is the first layer")
            .nonNegative()
            .options(TENSOR));
  }

  @Override
  double[] scores(List<Matrix> layers, Sources sources) {
    Matrix first = layers.get(0);
    double[] sums = new double[first.columnCount()];
    for (int q = 0; q < first.rowCount(); q++) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += first.get(q, i);
      }
    }
    return sums;
  }
}
