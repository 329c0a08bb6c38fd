package org.attentionflow.dual;

/**
 * A step of a primal–dual method: what its sweeps need beside the arcs. Vectors are {@link
 * Potentials#padded}.
 *
 * @param predicted the potentials that the predictor leads to
 * @param corrected those that the whole corrected step leads to
 * @param predictedMu what the predictor wants the products f l and s q to become
 * @param mu what the corrected step wants them to become
 * @param weight the part of the predictor's products that is fed back
 * @param primal the part of the corrected step that flows go
 * @param dual the part that prices go
 */
public record PrimalDualStep(
    double[][] predicted,
    double[][] corrected,
    double predictedMu,
    double mu,
    double weight,
    double primal,
    double dual) {}
