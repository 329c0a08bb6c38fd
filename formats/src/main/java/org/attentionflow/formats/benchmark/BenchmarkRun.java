package org.attentionflow.formats.benchmark;

import java.util.List;

/**
 * What one run of a benchmark measured.
 *
 * @param machine where and when
 * @param method how times were taken, in a sentence
 * @param memory what the memory of a measurement is, in a sentence
 * @param problem the barrier parameter, tolerance and threads, in a sentence
 * @param measurements solves of one network each
 * @param sweeps the yardsticks, one per instance where there is one
 * @param others everything else that was timed
 * @param skipped what was not measured and why, a line each
 */
public record BenchmarkRun(
    Machine machine,
    String method,
    String memory,
    String problem,
    List<Measurement> measurements,
    List<SweepTimes> sweeps,
    List<NamedTimes> others,
    List<String> skipped) {
  /** Copies the lists. */
  public BenchmarkRun {
    measurements = List.copyOf(measurements);
    sweeps = List.copyOf(sweeps);
    others = List.copyOf(others);
    skipped = List.copyOf(skipped);
  }

  /** The series in the order of the measurements, each once. */
  public List<Instance.Series> series() {
    return measurements.stream().map(m -> m.instance().series()).distinct().toList();
  }

  /** The solvers in the order of the measurements, each once. */
  public List<String> solvers() {
    return measurements.stream().map(Measurement::solver).distinct().toList();
  }

  /** The certified measurements of a solver on a series, smallest first. */
  public List<Measurement> curve(Instance.Series series, String solver) {
    return measurements.stream()
        .filter(m -> m.instance().series().equals(series) && m.solver().equals(solver))
        .filter(Measurement::isCertified)
        .sorted((a, b) -> Long.compare(a.instance().arcs(), b.instance().arcs()))
        .toList();
  }
}
