package org.attentionflow.dual;

/**
 * The closed form of arcs on instructions that the compiler does not make of plain loops. Every
 * kernel gives the bits of {@link ArcLoops}: the same operations on each arc, none of them fused,
 * and sums in the same order.
 */
public interface ArcKernel extends Kernel {
  /**
   * Makes loops with the buffers of one thread.
   *
   * @param widest the most arcs of a row
   */
  ArcLoops loops(int widest);
}
