package org.attentionflow.dual;

import org.attentionflow.plugin.Plugin;

/**
 * Arithmetic that solvers spend their time on, which may be there on faster instructions than the
 * compiler makes of plain Java. Every kernel of a kind gives the same bits; so which one runs is a
 * matter of speed. Stateless and thread-safe.
 */
public interface Kernel extends Plugin {
  /** Whether this Java virtual machine can run the kernel at its speed. */
  boolean isAvailable();
}
