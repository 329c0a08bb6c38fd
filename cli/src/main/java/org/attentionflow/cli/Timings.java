package org.attentionflow.cli;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.attentionflow.pipeline.StageListener;

/** How long each stage of a run took. Stages of the same name are added up. */
final class Timings {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private final long begin = System.nanoTime();
  private long last = begin;

  /** Ends a stage that began where the one before it ended. */
  synchronized void end(String stage) {
    long now = System.nanoTime();
    nanos.merge(stage, now - last, Long::sum);
    last = now;
  }

  /** Adds the time of a stage of an explanation, measured by the explainer. */
  synchronized void stage(StageListener.Stage stage, long time) {
    nanos.merge(stage.name().toLowerCase(Locale.ROOT), time, Long::sum);
  }

  /** Lets the next stage begin now; what was done since the last one is counted elsewhere. */
  synchronized void skip() {
    last = System.nanoTime();
  }

  /** Prints one line per stage, the start of the Java virtual machine first. */
  synchronized void print(PrintStream stream) {
    long now = System.nanoTime();
    double sinceBegin = (now - begin) / NANOS_PER_MILLI;
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    double sinceStart = System.currentTimeMillis() - start;
    line(stream, "Java", sinceStart - sinceBegin);
    nanos.forEach((stage, time) -> line(stream, stage, time / NANOS_PER_MILLI));
    line(stream, "rest", (now - last) / NANOS_PER_MILLI);
    line(stream, "total", sinceStart);
  }

  private static void line(PrintStream stream, String stage, double milliseconds) {
    stream.println(String.format(Locale.ROOT, "%-12s %8.1f ms", stage, milliseconds));
  }
}
