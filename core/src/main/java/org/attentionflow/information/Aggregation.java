package org.attentionflow.information;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.tensor.Matrix;

/**
 * Turns captured attention into the information tensor: aggregator, then head reduction, then the
 * residual option.
 *
 * @param aggregator what one head carries
 * @param heads how the heads are reduced
 * @param residual whether the residual connection is added
 */
public record Aggregation(Aggregator aggregator, HeadReduction heads, ResidualConnection residual) {

  /** The information tensor of a capture, with one stack per kind of attention it holds. */
  public InformationTensor apply(Capture capture) {
    Map<AttentionKind, List<Matrix>> stacks = new EnumMap<>(AttentionKind.class);
    capture
        .attention()
        .forEach((kind, layers) -> stacks.put(kind, layers.stream().map(this::layer).toList()));
    return new InformationTensor(stacks);
  }

  /** The information tensor of a plain layer stack. */
  public InformationTensor apply(List<AttentionLayer> layers) {
    List<Matrix> matrices = new ArrayList<>();
    layers.forEach(layer -> matrices.add(layer(layer)));
    return InformationTensor.of(matrices);
  }

  /** The information of one layer, [query, key]. */
  public Matrix layer(AttentionLayer layer) {
    int size = layer.queryCount() * layer.keyCount();
    double[] sum = new double[size];
    double[] head = new double[size];
    for (int h = 0; h < layer.headCount(); h++) {
      aggregator.head(layer, h, head);
      for (int i = 0; i < size; i++) {
        sum[i] = heads == HeadReduction.MAX ? Math.max(sum[i], head[i]) : sum[i] + head[i];
      }
    }
    if (heads == HeadReduction.MEAN) {
      for (int i = 0; i < size; i++) {
        sum[i] /= layer.headCount();
      }
    }
    Matrix reduced = Matrix.of(layer.queryCount(), layer.keyCount(), sum);
    boolean square = reduced.rowCount() == reduced.columnCount();
    return residual == ResidualConnection.HALF && square ? withResidual(reduced) : reduced;
  }

  /** ½Ā + ½I, each row divided by its sum. */
  private static Matrix withResidual(Matrix information) {
    int size = information.rowCount();
    double[] result = information.values().clone();
    for (int row = 0; row < size; row++) {
      result[row * size + row] += 1;
      double sum = 0;
      for (int column = 0; column < size; column++) {
        sum += result[row * size + column];
      }
      for (int column = 0; column < size; column++) {
        result[row * size + column] /= sum;
      }
    }
    return Matrix.of(size, size, result);
  }
}
