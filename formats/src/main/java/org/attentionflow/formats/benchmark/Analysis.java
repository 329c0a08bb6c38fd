package org.attentionflow.formats.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What follows from the measurements of a run.
 *
 * @param run the run
 * @param baseline the solver that speed-ups refer to
 * @param fitFromTokens instances of fewer tokens take no part in fits: there, costs that do not
 *     grow with the arcs bend the curve
 */
public record Analysis(BenchmarkRun run, String baseline, int fitFromTokens) {
  /** The usual smallest size of a fit. */
  public static final int DEFAULT_FIT_FROM = 128;

  /** How the time of a solver grows with the arcs. */
  public record Growth(Instance.Series series, String solver, PowerFit fit) {}

  /**
   * Where two solvers take the same time.
   *
   * @param arcs the number of arcs, by linear interpolation of the logarithms between two sizes
   * @param slowerBelow the solver that is slower on smaller networks
   * @param fasterBelow the solver that is faster on smaller networks
   */
  public record Crossover(
      Instance.Series series, double arcs, String slowerBelow, String fasterBelow) {}

  /** The fitted growth of every solver and series with enough sizes. */
  public List<Growth> growths() {
    List<Growth> growths = new ArrayList<>();
    for (Instance.Series series : run.series()) {
      for (String solver : run.solvers()) {
        List<Measurement> curve =
            run.curve(series, solver).stream()
                .filter(m -> m.instance().tokens() >= fitFromTokens)
                .toList();
        if (curve.stream().map(m -> m.instance().arcs()).distinct().count()
            >= PowerFit.FEWEST_POINTS) {
          double[] arcs = curve.stream().mapToDouble(m -> (double) m.instance().arcs()).toArray();
          double[] seconds = curve.stream().mapToDouble(m -> m.time().median()).toArray();
          growths.add(new Growth(series, solver, PowerFit.of(arcs, seconds)));
        }
      }
    }
    return growths;
  }

  /** Every crossover of two solvers within a series. */
  public List<Crossover> crossovers() {
    List<Crossover> crossovers = new ArrayList<>();
    List<String> solvers = run.solvers();
    for (Instance.Series series : run.series()) {
      for (int i = 0; i < solvers.size(); i++) {
        for (int j = i + 1; j < solvers.size(); j++) {
          cross(series, solvers.get(i), solvers.get(j), crossovers);
        }
      }
    }
    return crossovers;
  }

  private void cross(Instance.Series series, String one, String other, List<Crossover> into) {
    double lastArcs = 0;
    double lastRatio = 0;
    for (Measurement m : run.curve(series, one)) {
      OptionalDouble seconds = seconds(m.instance(), other);
      if (seconds.isEmpty()) {
        continue;
      }
      double arcs = Math.log((double) m.instance().arcs());
      double ratio = Math.log(m.time().median() / seconds.getAsDouble());
      if (ratio * lastRatio < 0) {
        double at = lastArcs + (arcs - lastArcs) * lastRatio / (lastRatio - ratio);
        boolean oneWasSlower = lastRatio > 0;
        into.add(
            new Crossover(
                series, Math.exp(at), oneWasSlower ? one : other, oneWasSlower ? other : one));
      }
      lastArcs = arcs;
      lastRatio = ratio;
    }
  }

  /** How many times faster than the baseline a measurement is; empty without a baseline. */
  public OptionalDouble speedUp(Measurement measurement) {
    OptionalDouble base = seconds(measurement.instance(), baseline);
    return base.isPresent() && measurement.isCertified()
        ? OptionalDouble.of(base.getAsDouble() / measurement.time().median())
        : OptionalDouble.empty();
  }

  /** How many closed-form sweeps of the same size a solve takes; empty if none was measured. */
  public OptionalDouble inSweeps(Measurement measurement) {
    return in(measurement, SweepTimes::sweep);
  }

  /** How many Laplacian products of the same size a solve takes; empty if none was measured. */
  public OptionalDouble inProducts(Measurement measurement) {
    return in(measurement, SweepTimes::product);
  }

  private OptionalDouble in(Measurement measurement, ToDoubleFunction<SweepTimes> unit) {
    return run.sweeps().stream()
        .filter(s -> s.instance().equals(measurement.instance()))
        .mapToDouble(unit)
        .filter(seconds -> !Double.isNaN(seconds))
        .map(seconds -> measurement.time().median() / seconds)
        .findFirst();
  }

  private OptionalDouble seconds(Instance instance, String solver) {
    return run.measurements().stream()
        .filter(m -> m.solver().equals(solver) && m.instance().equals(instance))
        .filter(Measurement::isCertified)
        .mapToDouble(m -> m.time().median())
        .findFirst();
  }
}
