package org.attentionflow.baselines.tensor;

import java.util.List;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.baselines.LayerProduct;
import org.attentionflow.baselines.Profile;
import org.attentionflow.network.Sources;
import org.attentionflow.tensor.Matrix;

/**
 * Chefer's rule on an information tensor: one row of (I + Ā_L) ⋯ (I + Ā_1) − I. On AGF it is {@code
 * chefer}: what flow adds to that method is the difference to the flow method of the same tensor.
 */
public final class TensorChefer extends TensorMethod {
  /** Makes the method. */
  public TensorChefer() {
    super(
        Profile.of(MethodGroup.INFORMATION_TENSOR, "tensor-chefer")
            .summary("Chefer's rule R <- R + TR on an information tensor, read at [CLS].")
            .formula("s = ((I + T_L) ... (I + T_1) - I)[CLS, .]")
            .source("as Chefer et al., ICCV 2021, on the tensors of Azarkhalili and Libbrecht")
            .nonNegative()
            .options(TENSOR));
  }

  @Override
  double[] scores(List<Matrix> layers, Sources sources) {
    return LayerProduct.rowWithIdentity(layers, row(sources, layers.get(0).rowCount()));
  }
}
