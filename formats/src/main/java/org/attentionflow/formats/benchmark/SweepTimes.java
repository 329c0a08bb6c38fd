package org.attentionflow.formats.benchmark;

/**
 * What the two sweeps of a {@link Yardstick} took on an instance.
 *
 * @param instance the instance
 * @param sweep seconds of one closed-form sweep over all arcs; NaN if it was not measured
 * @param product seconds of one product with the Laplacian; NaN if it was not measured
 */
public record SweepTimes(Instance instance, double sweep, double product) {}
