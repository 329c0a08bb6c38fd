package org.attentionflow.laplacian;

/**
 * Differences x_head − x_tail of a strip of arcs, to 32 bits. Every x is split into the nearest
 * 32-bit number and the rest, which is one as well; so a difference is as accurate, relative to
 * itself, as 32 bits allow, also where x_head and x_tail nearly agree.
 */
final class StripDifferences {
  private final float[] high;
  private final float[] low;

  StripDifferences(int strip) {
    high = new float[strip];
    low = new float[strip];
  }

  /** Takes the heads of a strip: factor · x. */
  void load(double[] heads, int from, int count, double factor) {
    for (int j = 0; j < count; j++) {
      split(j, factor * heads[from + j]);
    }
  }

  /** Takes a strip of arcs of which each has its own tail: factor · (x_head + shift − x_tail). */
  void load(double[] heads, double shift, double[] tails, int from, int count, double factor) {
    for (int j = 0; j < count; j++) {
      split(j, factor * (heads[from + j] + shift - tails[from + j]));
    }
  }

  private void split(int j, double x) {
    high[j] = (float) x;
    low[j] = (float) (x - high[j]);
  }

  /** What was taken, less the given number. */
  void minus(double tail, int count, float[] into) {
    float highTail = (float) tail;
    float lowTail = (float) (tail - highTail);
    for (int j = 0; j < count; j++) {
      into[j] = (high[j] - highTail) + (low[j] - lowTail);
    }
  }
}
