package org.attentionflow.evaluation.metric;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The choices that change a metric's numbers. Every default stands here.
 *
 * @param grid the shares q of features that AOPC and its relatives remove, each in (0, 1]; an empty
 *     list stands for every count 1 … N
 * @param bins the same for comprehensiveness and sufficiency
 * @param rounding how a share becomes a count
 * @param distinct whether shares that give the same count are used once
 * @param reversedTies whether equal scores come last position first where the lowest scores are
 *     removed first, so that this order is the exact reverse of the other; otherwise first position
 *     first in both
 * @param absolute whether drops count without their sign
 * @param exactLimit up to how many features the bounds of NAOPC are exact: 2ᴺ evaluations
 * @param beamWidth the width of the beam search above that
 * @param samples the number of random perturbations of metrics that draw them
 * @param draws the number of random inputs of max-sensitivity
 * @param radius how far max-sensitivity moves embeddings, per coordinate, relative to their root
 *     mean square
 * @param rationaleShare the mean share of features that people mark in the data set, from which the
 *     length of a predicted rationale follows; empty takes the length of the example's own
 * @param overlap the intersection over union from which two spans match
 */
public record MetricSettings(
    List<Double> grid,
    List<Double> bins,
    Rounding rounding,
    boolean distinct,
    boolean reversedTies,
    boolean absolute,
    int exactLimit,
    int beamWidth,
    int samples,
    int draws,
    double radius,
    OptionalDouble rationaleShare,
    double overlap) {
  /** Copies the lists and checks the numbers. */
  public MetricSettings {
    grid = List.copyOf(grid);
    bins = List.copyOf(bins);
    Stream.concat(grid.stream(), bins.stream()).forEach(MetricSettings::checkShare);
    rationaleShare.ifPresent(MetricSettings::checkShare);
    checkShare(overlap);
    if (exactLimit < 0
        || exactLimit > 20
        || beamWidth < 1
        || samples < 1
        || draws < 1
        || !(radius > 0)) {
      throw new IllegalArgumentException(
          ("The exact limit (" + exactLimit + ") must be in 0 … 20; beam width (" + beamWidth)
              + ("), samples (" + samples + ") and radius (" + radius + ") must be positive."));
    }
  }

  /** 10 … 50 %, ⌈qN⌉; bins 1, 5, 10, 20, 50 %; exact bounds up to 14 features. */
  public static MetricSettings defaults() {
    return new MetricSettings(
        List.of(0.1, 0.2, 0.3, 0.4, 0.5),
        List.of(0.01, 0.05, 0.1, 0.2, 0.5),
        Rounding.CEILING,
        false,
        false,
        false,
        14,
        10,
        200,
        10,
        0.02,
        OptionalDouble.empty(),
        0.5);
  }

  /** The same with another grid. */
  public MetricSettings withGrid(List<Double> shares) {
    return changed(draft -> draft.grid = shares);
  }

  /** The same with other bins. */
  public MetricSettings withBins(List<Double> shares) {
    return changed(draft -> draft.bins = shares);
  }

  /** The same with another rounding. */
  public MetricSettings withRounding(Rounding other) {
    return changed(draft -> draft.rounding = other);
  }

  /** The same with equal counts used once, or as often as they come. */
  public MetricSettings withDistinct(boolean on) {
    return changed(draft -> draft.distinct = on);
  }

  /** The same with ties in reverse where the lowest scores are removed first, or not. */
  public MetricSettings withReversedTies(boolean reversed) {
    return changed(draft -> draft.reversedTies = reversed);
  }

  /** The same without or with the sign of drops. */
  public MetricSettings withAbsolute(boolean on) {
    return changed(draft -> draft.absolute = on);
  }

  /** The same with other limits of the search for bounds. */
  public MetricSettings withSearch(int exact, int width) {
    return changed(
        draft -> {
          draft.exactLimit = exact;
          draft.beamWidth = width;
        });
  }

  /** The same with another number of random perturbations, of another size. */
  public MetricSettings withSamples(int count, double size) {
    return changed(
        draft -> {
          draft.samples = count;
          draft.radius = size;
        });
  }

  /** The same with another number of random inputs of max-sensitivity. */
  public MetricSettings withDraws(int count) {
    return changed(draft -> draft.draws = count);
  }

  /** The same with the mean share of marked features of a data set. */
  public MetricSettings withRationaleShare(double share) {
    return changed(draft -> draft.rationaleShare = OptionalDouble.of(share));
  }

  /** The same with another intersection over union from which spans match. */
  public MetricSettings withOverlap(double share) {
    return changed(draft -> draft.overlap = share);
  }

  /**
   * The counts k that shares stand for, in the order of the shares.
   *
   * @param shares the grid or the bins
   * @param size the number of features, N
   */
  public int[] counts(List<Double> shares, int size) {
    IntStream counts =
        shares.isEmpty()
            ? IntStream.rangeClosed(1, size)
            : shares.stream().mapToInt(share -> rounding.count(share, size));
    return (distinct ? counts.distinct() : counts).toArray();
  }

  private static void checkShare(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("The share (" + share + ") must be in (0, 1].");
    }
  }

  private MetricSettings changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.settings();
  }

  /** The fields of settings while one of them changes. */
  private static final class Draft {
    List<Double> grid;
    List<Double> bins;
    Rounding rounding;
    boolean distinct;
    boolean reversedTies;
    boolean absolute;
    int exactLimit;
    int beamWidth;
    int samples;
    int draws;
    double radius;
    OptionalDouble rationaleShare;
    double overlap;

    Draft(MetricSettings from) {
      grid = from.grid;
      bins = from.bins;
      rounding = from.rounding;
      distinct = from.distinct;
      reversedTies = from.reversedTies;
      absolute = from.absolute;
      exactLimit = from.exactLimit;
      beamWidth = from.beamWidth;
      samples = from.samples;
      draws = from.draws;
      radius = from.radius;
      rationaleShare = from.rationaleShare;
      overlap = from.overlap;
    }

    MetricSettings settings() {
      return new MetricSettings(
          grid,
          bins,
          rounding,
          distinct,
          reversedTies,
          absolute,
          exactLimit,
          beamWidth,
          samples,
          draws,
          radius,
          rationaleShare,
          overlap);
    }
  }
}
