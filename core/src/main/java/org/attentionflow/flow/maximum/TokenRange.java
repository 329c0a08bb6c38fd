package org.attentionflow.flow.maximum;

/**
 * The scores that a token has in the maximum flows of a network.
 *
 * @param least the smallest, ≥ 0
 * @param most the largest, ≥ least
 */
public record TokenRange(double least, double most) {}
