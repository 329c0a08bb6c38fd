package org.attentionflow.baselines.tensor;

import java.util.List;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.baselines.Profile;
import org.attentionflow.network.Sources;
import org.attentionflow.tensor.Matrix;

/**
 * The widest path from a source to the token: the largest, over all paths, of the smallest capacity
 * on the path. O(layers · tokens²).
 */
public final class WidestPath extends TensorMethod {
  /** Makes the method. */
  public WidestPath() {
    super(
        Profile.of(MethodGroup.INFORMATION_TENSOR, "widest-path")
            .summary("The capacity of the widest path from a source to the token.")
            .formula("s_i = max over paths q_L, ..., q_0 = i of min over l of T_l[q_l, q_(l-1)]")
            .source("Pollack, The Maximum Capacity Through a Network, 1960")
            .nonNegative()
            .options(TENSOR));
  }

  @Override
  double[] scores(List<Matrix> layers, Sources sources) {
    int tokens = layers.get(0).rowCount();
    double[] width = new double[tokens];
    boolean[] isSource = sources.among(tokens);
    for (int q = 0; q < tokens; q++) {
      width[q] = isSource[q] ? Double.POSITIVE_INFINITY : 0;
    }
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      double[] next = new double[tokens];
      for (int q = 0; q < tokens; q++) {
        for (int k = 0; k < tokens; k++) {
          next[k] = Math.max(next[k], Math.min(width[q], layers.get(layer).get(q, k)));
        }
      }
      width = next;
    }
    return width;
  }
}
