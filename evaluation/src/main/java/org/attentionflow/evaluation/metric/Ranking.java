package org.attentionflow.evaluation.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Orders of features. Equal scores are ordered by position unless it says otherwise. */
public final class Ranking {
  private Ranking() {}

  /** The features by descending score: most relevant first (MoRF). */
  public static int[] descending(double[] scores) {
    return order(scores.length, Comparator.comparingDouble(i -> 0.0 - scores[i]));
  }

  /** The features by ascending score: least relevant first (LeRF). */
  public static int[] ascending(double[] scores) {
    return order(scores.length, Comparator.comparingDouble(i -> 0.0 + scores[i]));
  }

  /**
   * The features by ascending score, as settings want their ties.
   *
   * @param settings with or without {@link MetricSettings#reversedTies}
   */
  public static int[] ascending(double[] scores, MetricSettings settings) {
    if (!settings.reversedTies()) {
      return ascending(scores);
    }
    int[] order = descending(scores);
    for (int i = 0, j = order.length - 1; i < j; i++, j--) {
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** The share of features whose score another feature has too; 0 if there are none. */
  public static double tieShare(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int tied = 0;
    for (int i = 0; i < sorted.length; i++) {
      boolean before = i > 0 && sorted[i - 1] == sorted[i];
      boolean after = i + 1 < sorted.length && sorted[i + 1] == sorted[i];
      tied += before || after ? 1 : 0;
    }
    return sorted.length == 0 ? 0 : (double) tied / sorted.length;
  }

  /**
   * Scores whose {@link #descending} order is the given one.
   *
   * @param order a permutation of 0 … N−1
   */
  public static double[] scores(int[] order) {
    double[] scores = new double[order.length];
    for (int rank = 0; rank < order.length; rank++) {
      scores[order[rank]] = order.length - rank;
    }
    return scores;
  }

  /** Scores of a random order, every one equally likely: the floor of every table. */
  public static double[] random(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return scores(order);
  }

  /** The rank of every score, from 1 for the least; equal scores share the mean of their ranks. */
  public static double[] ranks(double[] scores) {
    int[] order = ascending(scores);
    double[] ranks = new double[scores.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && scores[order[to]] == scores[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = 0.5 * (from + 1 + to);
      }
      from = to;
    }
    return ranks;
  }

  private static int[] order(int size, Comparator<Integer> comparator) {
    // Zeros of either sign are equal, as the sums with 0.0 make them, and the sort is stable: what
    // the comparator leaves open stays in the order of positions.
    return IntStream.range(0, size)
        .boxed()
        .sorted(comparator)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
