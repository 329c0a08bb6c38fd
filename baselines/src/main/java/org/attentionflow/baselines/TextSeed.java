package org.attentionflow.baselines;

import java.util.SplittableRandom;
import org.attentionflow.token.TokenSequence;

/**
 * Random numbers that belong to a text: they follow from a seed and the token ids alone, so that a
 * text has the same ones whatever else is explained and by however many threads.
 */
public final class TextSeed {
  /** The golden ratio's fraction as 64 bits, the usual step of a Weyl sequence. */
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private TextSeed() {}

  /** A new generator for a text. */
  public static SplittableRandom random(TokenSequence tokens, long seed) {
    long state = seed;
    for (int id : tokens.ids()) {
      // Each id is mixed by a generator of its own: neighbouring ids give unrelated states.
      state = new SplittableRandom(state * 31 + id + STEP).nextLong();
    }
    return new SplittableRandom(state);
  }

  /**
   * A standard Gaussian by the polar method of Marsaglia; StrictMath gives the same bits
   * everywhere.
   */
  public static double gaussian(SplittableRandom random) {
    double x;
    double square;
    do { // ends with probability 1; a round fails with probability 1 − π/4
      x = 2 * random.nextDouble() - 1;
      double y = 2 * random.nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    return x * Math.sqrt(-2 * StrictMath.log(square) / square);
  }
}
