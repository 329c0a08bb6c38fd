package org.attentionflow.dual;

import java.util.function.Supplier;
import org.attentionflow.plugin.Plugin;
import org.attentionflow.plugin.Plugins;

/**
 * Arithmetic that solvers spend their time on, which may be there on faster instructions than the
 * compiler makes of plain Java. Every kernel of a kind gives the same bits; so which one runs is a
 * matter of speed. Stateless and thread-safe.
 */
public interface Kernel extends Plugin {
  /** Whether this Java virtual machine can run the kernel at its speed. */
  boolean isAvailable();

  /**
   * The first by name that is found and available, or else the plain one.
   *
   * @param kind the interface of the kernels
   * @param plain makes the one in plain Java
   */
  static <K extends Kernel> K fastest(Class<K> kind, Supplier<K> plain) {
    return Plugins.load(kind).all().stream()
        .filter(Kernel::isAvailable)
        .findFirst()
        .orElseGet(plain);
  }
}
