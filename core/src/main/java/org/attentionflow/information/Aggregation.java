package org.attentionflow.information;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.tensor.Ranges;

/**
 * Turns captured attention into the information tensor: aggregator, then head reduction, then the
 * residual option.
 *
 * @param aggregator what one head carries
 * @param heads how the heads are reduced
 * @param residual whether the residual connection is added
 */
public record Aggregation(Aggregator aggregator, HeadReduction heads, ResidualConnection residual) {
  /**
   * Pairs of query and key whose heads are reduced at a time: their sums stay in a near cache, and
   * each head is read some pages on end.
   */
  private static final int PART = 4096;

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

  /**
   * The information of one layer, [query, key]; the same bits on any number of threads, see {@link
   * Ranges}.
   */
  public Matrix layer(AttentionLayer layer) {
    int size = layer.queryCount() * layer.keyCount();
    double[] reducedHeads = new double[size];
    Ranges.split(
        size,
        PART,
        (from, to) -> {
          for (int part = from; part < to; part += PART) {
            reduce(layer, part, Math.min(PART, to - part), reducedHeads);
          }
        });
    Matrix reduced = Matrix.of(layer.queryCount(), layer.keyCount(), reducedHeads);
    boolean square = reduced.rowCount() == reduced.columnCount();
    return residual == ResidualConnection.HALF && square ? withResidual(reduced) : reduced;
  }

  /** Reduces the heads of {@code count} pairs of query and key. */
  private void reduce(AttentionLayer layer, int from, int count, double[] into) {
    int size = into.length;
    double[] sum = new double[count];
    double[] head = new double[count];
    for (int h = 0; h < layer.headCount(); h++) {
      aggregator.elements(layer, h * size + from, head);
      if (heads == HeadReduction.MAX) {
        for (int i = 0; i < count; i++) {
          sum[i] = Math.max(sum[i], head[i]);
        }
      } else {
        for (int i = 0; i < count; i++) {
          sum[i] += head[i];
        }
      }
    }
    double divisor = heads == HeadReduction.MEAN ? layer.headCount() : 1;
    for (int i = 0; i < count; i++) {
      into[from + i] = sum[i] / divisor;
    }
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
