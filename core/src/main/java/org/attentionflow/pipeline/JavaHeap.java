package org.attentionflow.pipeline;

/** How much of the Java heap work needs, and by which option it is had. */
public final class JavaHeap {
  /**
   * A heap's limit leaves out the part of a collector with generations that is always empty: a
   * thirtieth of what is asked for by -Xmx, as the serial collector divides it.
   */
  private static final int USED_PARTS = 29;

  private JavaHeap() {}

  /** The option that gives a heap of so many bytes, as {@link Runtime#maxMemory} counts them. */
  public static String option(long bytes) {
    long asked = bytes / USED_PARTS * (USED_PARTS + 1);
    return "-Xmx" + ((asked >> 30) + 1) + "g";
  }
}
