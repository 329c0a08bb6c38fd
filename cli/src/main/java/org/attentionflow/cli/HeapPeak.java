package org.attentionflow.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** How much of the heap some work takes. */
final class HeapPeak {
  /** What {@link #bytes} gives, in a sentence. */
  static final String MEANING =
      "the peaks of the heap's pools during one solve, added up, above what was in use before it"
          + " (MemoryPoolMXBean); garbage that was not collected counts, native memory does not";

  private HeapPeak() {}

  /** Collects garbage, runs the work once and gives its peak in bytes, at least 0. */
  static double bytes(Runnable work) {
    List<MemoryPoolMXBean> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    System.gc();
    pools.forEach(MemoryPoolMXBean::resetPeakUsage);
    long before = pools.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    work.run();
    long peak = pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    return Math.max(0, peak - before);
  }
}
