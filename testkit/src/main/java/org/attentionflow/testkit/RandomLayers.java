package org.attentionflow.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.attentionflow.tensor.Matrix;

/**
 * Random layers of an information tensor, [layer][query][key]. {@link StrictMath} makes the numbers
 * the same on every machine.
 */
final class RandomLayers {
  private final Random random;
  private final int layerCount;
  private final int tokenCount;

  RandomLayers(Random random, int layerCount, int tokenCount) {
    this.random = random;
    this.layerCount = layerCount;
    this.tokenCount = tokenCount;
  }

  /** Every entry from the same source. */
  List<Matrix> each(DoubleSupplier entry) {
    List<Matrix> layers = new ArrayList<>();
    for (int layer = 0; layer < layerCount; layer++) {
      double[] values = new double[tokenCount * tokenCount];
      for (int i = 0; i < values.length; i++) {
        values[i] = entry.getAsDouble();
      }
      layers.add(Matrix.of(tokenCount, tokenCount, values));
    }
    return layers;
  }

  List<Matrix> dense() {
    return each(() -> 1 - random.nextDouble());
  }

  List<Matrix> sparse() {
    double share = 0.1 + 0.4 * random.nextDouble();
    return each(() -> random.nextDouble() < share ? 1 - random.nextDouble() : 0);
  }

  List<Matrix> zero() {
    return each(() -> 0);
  }

  /** Capacities from 10^−decades to 1, evenly spread over the decades. */
  List<Matrix> decades(int decades) {
    return each(() -> StrictMath.pow(10, -decades * random.nextDouble()));
  }

  /** Attention: rows that are softmaxes of random scores, averaged over a few heads. */
  List<Matrix> attention(boolean causal) {
    int heads = 1 + random.nextInt(4);
    List<Matrix> layers = zero();
    for (Matrix layer : layers) {
      for (int head = 0; head < heads; head++) {
        for (int query = 0; query < tokenCount; query++) {
          double[] row = softmax(causal ? query + 1 : tokenCount);
          for (int key = 0; key < row.length; key++) {
            layer.values()[query * tokenCount + key] += row[key] / heads;
          }
        }
      }
    }
    return layers;
  }

  /**
   * Attention times a gradient, clipped at zero: about half of the entries vanish, and the top
   * layer has one live query row, as behind a classifier that reads one token.
   */
  List<Matrix> attentionGradient() {
    List<Matrix> layers = attention(false);
    double size = StrictMath.pow(10, -4 * random.nextDouble());
    for (int layer = 0; layer < layerCount; layer++) {
      double[] values = layers.get(layer).values();
      for (int i = 0; i < values.length; i++) {
        boolean alive = layer < layerCount - 1 || i < tokenCount;
        double product = values[i] * size * normal();
        values[i] = alive && product > 0 ? product : 0;
      }
    }
    return layers;
  }

  /** Random query rows and key columns are dead, so that paths end inside the network. */
  List<Matrix> deadEnds() {
    List<Matrix> layers = dense();
    for (Matrix layer : layers) {
      int deadQuery = random.nextInt(tokenCount);
      int deadKey = random.nextInt(tokenCount);
      for (int i = 0; i < tokenCount; i++) {
        layer.values()[deadQuery * tokenCount + i] = 0;
        layer.values()[i * tokenCount + deadKey] = 0;
      }
    }
    return layers;
  }

  /** One layer leads only into tokens that the layer below does not pass on. */
  List<Matrix> disconnected() {
    List<Matrix> layers = dense();
    int split = random.nextInt(layerCount);
    double[] upper = layers.get(split).values();
    for (int i = 0; i < upper.length; i++) {
      int key = i % tokenCount;
      boolean keep = split > 0 && key % 2 == 0;
      upper[i] = keep ? upper[i] : 0;
    }
    if (split > 0) {
      double[] lower = layers.get(split - 1).values();
      for (int i = 0; i < lower.length; i++) {
        int query = i / tokenCount;
        lower[i] = query % 2 == 0 ? 0 : lower[i];
      }
    }
    return layers;
  }

  /** Tokens 0 and 1 can be exchanged in every layer without changing anything. */
  List<Matrix> twins() {
    List<Matrix> layers = dense();
    for (Matrix layer : layers) {
      double[] values = layer.values();
      for (int i = 0; i < values.length; i++) {
        int twin = exchanged(i / tokenCount) * tokenCount + exchanged(i % tokenCount);
        values[i] = values[Math.min(i, twin)];
      }
    }
    return layers;
  }

  private int exchanged(int token) {
    return token < 2 && tokenCount > 1 ? 1 - token : token;
  }

  private double[] softmax(int length) {
    double[] row = new double[length];
    double sum = 0;
    for (int i = 0; i < length; i++) {
      row[i] = StrictMath.exp(2 * normal());
      sum += row[i];
    }
    for (int i = 0; i < length; i++) {
      row[i] /= sum;
    }
    return row;
  }

  /** A normal deviate by Box and Muller. */
  private double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }
}
