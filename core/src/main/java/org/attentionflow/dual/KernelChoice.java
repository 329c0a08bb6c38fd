package org.attentionflow.dual;

import java.util.function.Supplier;
import org.attentionflow.plugin.Plugins;
import org.jspecify.annotations.Nullable;

/**
 * The kernel of a kind that runs: the first by name that is found and available, or else the plain
 * one. Looked up once, when it is first asked for. Thread-safe.
 *
 * @param <K> the kind
 */
public final class KernelChoice<K extends Kernel> {
  private final Class<K> kind;
  private final Supplier<K> plain;

  /** The same whichever thread looks it up. */
  private volatile @Nullable K found;

  /**
   * Nothing is looked up yet.
   *
   * @param kind the interface of the kernels
   * @param plain makes the one in plain Java
   */
  public KernelChoice(Class<K> kind, Supplier<K> plain) {
    this.kind = kind;
    this.plain = plain;
  }

  /** The choice among kernels for arcs. */
  public static KernelChoice<ArcKernel> ofArcs() {
    return new KernelChoice<>(ArcKernel.class, PlainArcKernel::new);
  }

  /** The kernel for arcs in plain Java, whatever else is there. */
  public static ArcKernel plainArcs() {
    return new PlainArcKernel();
  }

  /** The kernel. */
  public K get() {
    K kernel = found;
    if (kernel == null) {
      kernel =
          Plugins.load(kind).all().stream()
              .filter(Kernel::isAvailable)
              .findFirst()
              .orElseGet(plain);
      found = kernel;
    }
    return kernel;
  }
}
