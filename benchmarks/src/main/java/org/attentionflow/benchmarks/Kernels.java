package org.attentionflow.benchmarks;

import java.util.function.Supplier;
import org.attentionflow.barrier.Factorisation;
import org.attentionflow.dual.ArcKernel;
import org.attentionflow.dual.DenseKernel;
import org.attentionflow.dual.Kernel;
import org.attentionflow.dual.KernelChoice;
import org.attentionflow.plugin.Plugins;

/** Kernels by name. */
final class Kernels {
  /** The one in plain Java, which is always there. */
  static final String PLAIN = "plain";

  private Kernels() {}

  /**
   * A kernel for products of matrices.
   *
   * @throws SkippedException if it is not here, or this virtual machine cannot run it
   */
  static DenseKernel dense(String name) {
    return named(DenseKernel.class, name, Factorisation::plainKernel);
  }

  /**
   * A kernel for arcs.
   *
   * @throws SkippedException if it is not here, or this virtual machine cannot run it
   */
  static ArcKernel arcs(String name) {
    return named(ArcKernel.class, name, KernelChoice::plainArcs);
  }

  private static <K extends Kernel> K named(Class<K> kind, String name, Supplier<K> plain) {
    if (name.equals(PLAIN)) {
      return plain.get();
    }
    Plugins<K> present = Plugins.load(kind);
    if (!present.has(name)) {
      throw new SkippedException("no kernel '" + name + "' here");
    }
    K kernel = present.get(name);
    if (!kernel.isAvailable()) {
      throw new SkippedException(
          "the kernel '"
              + name
              + "' cannot run here. Maybe -jvmArgsAppend \"--add-modules=jdk.incubator.vector\"");
    }
    return kernel;
  }
}
