package org.attentionflow.baselines.tensor;

import java.util.Arrays;
import java.util.List;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.baselines.Profile;
import org.attentionflow.network.Sources;
import org.attentionflow.tensor.Matrix;

/**
 * Where a random walk from the sources ends, when each step takes an arc with a probability
 * proportional to its capacity. Dead ends are pruned first, as they are for flows; the walk starts
 * evenly at the sources that are left, whose terminal arcs are equal. Scores sum to 1, or are all 0
 * if there is no path. O(layers · tokens²).
 */
public final class RandomWalk extends TensorMethod {
  /** Makes the method. */
  public RandomWalk() {
    super(
        Profile.of(MethodGroup.INFORMATION_TENSOR, "random-walk")
            .summary("The probability that a random walk from the sources ends at the token.")
            .formula("s = p P_L ... P_1, P_l = rows of T_l without dead ends, scaled to the sum 1")
            .source("Markov chain over the pruned network of Azarkhalili and Libbrecht, ACL 2025")
            .nonNegative()
            .options(TENSOR));
  }

  @Override
  double[] scores(List<Matrix> layers, Sources sources) {
    int tokens = layers.get(0).rowCount();
    boolean[][] alive = alive(layers, tokens);
    double[] walk = start(sources.among(tokens), alive[layers.size()]);
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      walk = step(walk, layers.get(layer), alive[layer]);
    }
    return walk;
  }

  /** [depth][token]: whether an input token can be reached; all input tokens can. */
  private static boolean[][] alive(List<Matrix> layers, int tokens) {
    boolean[][] alive = new boolean[layers.size() + 1][tokens];
    Arrays.fill(alive[0], true);
    for (int layer = 0; layer < layers.size(); layer++) {
      for (int q = 0; q < tokens; q++) {
        for (int k = 0; k < tokens; k++) {
          alive[layer + 1][q] |= alive[layer][k] && layers.get(layer).get(q, k) > 0;
        }
      }
    }
    return alive;
  }

  private static double[] start(boolean[] isSource, boolean[] alive) {
    double[] start = new double[alive.length];
    int count = 0;
    for (int q = 0; q < start.length; q++) {
      count += isSource[q] && alive[q] ? 1 : 0;
    }
    for (int q = 0; q < start.length; q++) {
      start[q] = isSource[q] && alive[q] ? 1.0 / count : 0;
    }
    return start;
  }

  private static double[] step(double[] walk, Matrix layer, boolean[] alive) {
    double[] next = new double[walk.length];
    for (int q = 0; q < walk.length; q++) {
      if (walk[q] == 0) {
        continue;
      }
      double sum = 0;
      for (int k = 0; k < next.length; k++) {
        sum += alive[k] ? layer.get(q, k) : 0;
      }
      for (int k = 0; k < next.length; k++) {
        next[k] += alive[k] ? walk[q] * (layer.get(q, k) / sum) : 0;
      }
    }
    return next;
  }
}
