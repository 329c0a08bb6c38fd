package org.attentionflow.evaluation.run;

import org.attentionflow.failure.UnusableInputException;

/**
 * A part of a run: of every {@code count} examples the one at {@code number}, from 1.
 *
 * @param number which part, from 1
 * @param count how many parts there are
 */
public record Shard(int number, int count) {
  /** Everything. */
  public static final Shard ALL = new Shard(1, 1);

  /** Checks the numbers. */
  public Shard {
    if (count < 1 || number < 1 || number > count) {
      throw new UnusableInputException("Shard " + number + "/" + count + " does not exist.");
    }
  }

  /**
   * Reads {@code 2/4}.
   *
   * @throws UnusableInputException if it is not of that form
   */
  public static Shard parse(String text) {
    if (!text.matches("[0-9]{1,6}/[0-9]{1,6}")) {
      throw new UnusableInputException("--shard " + text + ": expected NUMBER/COUNT, as in 2/4.");
    }
    String[] parts = text.split("/");
    return new Shard(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  /** Whether this is everything. */
  public boolean isAll() {
    return count == 1;
  }

  boolean has(int index) {
    return index % count == number - 1;
  }
}
