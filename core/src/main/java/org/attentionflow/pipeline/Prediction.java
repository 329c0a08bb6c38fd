package org.attentionflow.pipeline;

/**
 * What the model predicts for one input.
 *
 * @param label the name of the most probable class
 * @param index its index
 * @param probability its softmax probability
 * @param probabilities the softmax probability of every class
 */
public record Prediction(String label, int index, double probability, double[] probabilities) {}
