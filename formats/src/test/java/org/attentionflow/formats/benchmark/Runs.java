package org.attentionflow.formats.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs that are made up. */
final class Runs {
  static final Machine MACHINE =
      new Machine(
          "Some <CPU>", 2, "Vendor 17", "Linux amd64", "heap 4096 MiB", "2026-01-31", "abc");

  private Runs() {}

  static Instance instance(int tokens) {
    return new Instance("attention", 12, tokens, 12L * tokens * tokens + 2L * tokens);
  }

  static Measurement measurement(String solver, int tokens, double seconds, String status) {
    Times time = Times.of(seconds * 0.9, seconds, seconds * 1.3);
    return new Measurement(instance(tokens), solver, time, 9, status, 1e-12, 5e6);
  }

  /** "linear" takes 1e-7 s per arc; "cubic" 1e-2 s at 128 tokens, growing with arcs^1.5. */
  static BenchmarkRun twoSolvers() {
    List<Measurement> measurements = new ArrayList<>();
    List<SweepTimes> sweeps = new ArrayList<>();
    double first = instance(128).arcs();
    for (int tokens : new int[] {32, 128, 256, 512, 1024}) {
      double arcs = instance(tokens).arcs();
      measurements.add(measurement("linear", tokens, 1e-7 * arcs, "CERTIFIED"));
      double cubic = 1e-2 * Math.pow(arcs / first, 1.5);
      measurements.add(measurement("cubic", tokens, cubic, "CERTIFIED"));
      sweeps.add(new SweepTimes(instance(tokens), 5e-9 * arcs, 1e-9 * arcs));
    }
    measurements.add(measurement("cubic", 2048, 1e-9, "ITERATION_LIMIT"));
    return new BenchmarkRun(
        MACHINE,
        "the median",
        "peak",
        "mu 1e-3",
        measurements,
        sweeps,
        List.of(new NamedTimes("Batch", Map.of("threads", "2"), Times.of(1e-3))),
        List.of("absent <solver>: not present"));
  }
}
