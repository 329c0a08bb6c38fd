package org.attentionflow.baselines;

import java.util.List;
import org.attentionflow.tensor.Matrix;

/** One row of a product of layers, from the top layer down: O(layers · tokens²). */
public final class LayerProduct {
  private LayerProduct() {}

  /**
   * The row of M_L ⋯ M_2 M_1.
   *
   * @param layers M_1 to M_L, [query, key]
   * @param row the row, as a token's position
   */
  public static double[] row(List<Matrix> layers, int row) {
    double[] product = unit(layers, row);
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      product = times(product, layers.get(layer));
    }
    return product;
  }

  /**
   * The row of (I + M_L) ⋯ (I + M_2)(I + M_1) − I: what R ← R + M R gives from R = I, without the
   * identity that is there from the beginning.
   */
  public static double[] rowWithIdentity(List<Matrix> layers, int row) {
    double[] product = unit(layers, row);
    double[] gained = new double[product.length];
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      double[] step = times(product, layers.get(layer));
      for (int i = 0; i < step.length; i++) {
        product[i] += step[i];
        gained[i] += step[i];
      }
    }
    return gained;
  }

  private static double[] unit(List<Matrix> layers, int row) {
    double[] unit = new double[layers.get(0).rowCount()];
    unit[row] = 1;
    return unit;
  }

  /** A row vector times a matrix. */
  static double[] times(double[] row, Matrix matrix) {
    int columns = matrix.columnCount();
    double[] values = matrix.values();
    double[] product = new double[columns];
    for (int q = 0; q < row.length; q++) {
      double factor = row[q];
      if (factor != 0) {
        for (int k = 0; k < columns; k++) {
          product[k] += factor * values[q * columns + k];
        }
      }
    }
    return product;
  }
}
