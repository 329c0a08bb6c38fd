package org.attentionflow.baselines.perturbation;

import java.util.SplittableRandom;

/** Random coalitions. */
final class Samples {
  private Samples() {}

  /** A size from 1 to n − 1 with probability proportional to 1 / (size (n − size)). */
  static int kernelSize(int n, SplittableRandom random) {
    double sum = 0;
    for (int size = 1; size < n; size++) {
      sum += 1.0 / ((double) size * (n - size));
    }
    double left = random.nextDouble() * sum;
    for (int size = 1; size < n - 1; size++) {
      left -= 1.0 / ((double) size * (n - size));
      if (left < 0) {
        return size;
      }
    }
    return n - 1;
  }

  /** A set of a size out of n, each equally likely. */
  static boolean[] subset(int n, int size, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    boolean[] present = new boolean[n];
    for (int i = 0; i < size; i++) {
      int chosen = i + random.nextInt(n - i);
      int player = order[chosen];
      order[chosen] = order[i];
      present[player] = true;
    }
    return present;
  }
}
