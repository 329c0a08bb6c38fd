package org.attentionflow.baselines.tensor;

import java.util.List;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.baselines.LayerProduct;
import org.attentionflow.baselines.Profile;
import org.attentionflow.network.Sources;
import org.attentionflow.tensor.Matrix;

/** Rollout of an information tensor: one row of Ā_L ⋯ Ā_1. */
public final class TensorRollout extends TensorMethod {
  /** Makes the method. */
  public TensorRollout() {
    super(
        Profile.of(MethodGroup.INFORMATION_TENSOR, "tensor-rollout")
            .summary("Rollout of an information tensor: the product of its layers, read at [CLS].")
            .formula("s = (T_L ... T_1)[CLS, .]")
            .source("as Abnar and Zuidema, ACL 2020, on the tensors of Azarkhalili and Libbrecht")
            .nonNegative()
            .options(TENSOR));
  }

  @Override
  double[] scores(List<Matrix> layers, Sources sources) {
    return LayerProduct.row(layers, row(sources, layers.get(0).rowCount()));
  }
}
