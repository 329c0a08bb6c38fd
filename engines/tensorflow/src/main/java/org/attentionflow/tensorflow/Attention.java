package org.attentionflow.tensorflow;

import org.tensorflow.proto.NodeDef;

/**
 * The attention of one layer in a graph, and why it is taken for that.
 *
 * @param probabilities the tensor that multiplies the values, as far as it still has the softmax's
 *     shape
 * @param softmax the node that makes the probabilities
 * @param scores the product of queries and keys that the softmax is applied to
 * @param product the product of probabilities and values
 * @param values which input of that product the values are
 */
record Attention(
    TensorName probabilities, NodeDef softmax, NodeDef scores, NodeDef product, int values) {
  /** The structural reason, in a sentence. */
  String reason() {
    return ("The softmax " + softmax.getName() + " of the product " + scores.getName())
        + (" multiplies the values " + FlatGraph.inputs(product).get(values))
        + (" in " + product.getName() + ".");
  }
}
