package org.attentionflow.evaluation.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which examples of a data set are taken: the first ones, or a sample drawn by a seed. They keep
 * the order of the file.
 *
 * @param count the most examples that are taken; 0 for all
 * @param isSampled whether they are drawn at random
 * @param seed the seed of the draw
 */
public record Selection(int count, boolean isSampled, long seed) {
  /** Every example. */
  public static Selection all() {
    return new Selection(0, false, 0);
  }

  /** The first examples. */
  public static Selection first(int count) {
    return new Selection(count, false, 0);
  }

  /** Examples drawn without replacement. */
  public static Selection sample(int count, long seed) {
    return new Selection(count, true, seed);
  }

  /** The examples taken from a list. */
  public <T> List<T> of(List<T> all) {
    if (count <= 0 || count >= all.size()) {
      return List.copyOf(all);
    }
    return isSampled ? drawn(all) : List.copyOf(all.subList(0, count));
  }

  /** The first steps of Fisher and Yates' shuffle; Random's numbers are part of its contract. */
  private <T> List<T> drawn(List<T> all) {
    Random random = new Random(seed);
    int[] order = IntStream.range(0, all.size()).toArray();
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(order.length - i);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    int[] taken = Arrays.copyOf(order, count);
    Arrays.sort(taken);
    return Arrays.stream(taken).mapToObj(all::get).toList();
  }
}
