package org.attentionflow.dual;

import org.attentionflow.plugin.Plugin;

/**
 * The arithmetic over arcs of a primal–dual method, on instructions that the compiler does not make
 * of plain loops. Every kernel gives the bits of {@link PrimalDualLoops}: the same operations on
 * each arc, none of them fused, and sums per index. Stateless and thread-safe.
 */
public interface ArcKernel extends Plugin {
  /** Whether this Java virtual machine can run the kernel at its speed. */
  boolean isAvailable();

  /**
   * Makes loops with the buffers of one thread.
   *
   * @param length the most arcs of a strip
   */
  PrimalDualLoops loops(int length);
}
