package org.attentionflow.pytorch;

import ai.djl.pytorch.engine.PtNDArray;

/**
 * The weights of one part of a model: the tensors whose names start with a prefix.
 *
 * @param checkpoint all tensors
 * @param prefix the beginning of the names; empty, or ends with a dot
 */
record Weights(Checkpoint checkpoint, String prefix) {
  /** The weights of a part of this part. */
  Weights at(String name) {
    return new Weights(checkpoint, prefix + name + ".");
  }

  /** A single tensor. */
  PtNDArray tensor(String name, int... shape) {
    return checkpoint.tensor(prefix + name, shape);
  }

  /** An affine map from vectors of one width to vectors of another. */
  Linear linear(String name, int from, int to) {
    Weights part = at(name);
    return new Linear(part.tensor("weight", to, from), part.tensor("bias", to));
  }

  /** A layer norm over vectors of a width. */
  LayerNorm layerNorm(String name, int width, double epsilon) {
    Weights part = at(name);
    return new LayerNorm(part.tensor("weight", width), part.tensor("bias", width), width, epsilon);
  }

  /** A table with one row per id. */
  EmbeddingTable table(String name, int rowCount, int width) {
    return new EmbeddingTable(at(name).tensor("weight", rowCount, width));
  }
}
