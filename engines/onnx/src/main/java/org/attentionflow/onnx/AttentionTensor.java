package org.attentionflow.onnx;

import org.attentionflow.onnx.graph.Value;

/**
 * A tensor that may be the attention of a layer.
 *
 * @param value the tensor that multiplies the values
 * @param softmax the node with the softmax it comes from
 * @param accepted whether it is taken for attention
 * @param reason what in the structure of the graph speaks for it or against it
 */
record AttentionTensor(Value value, String softmax, boolean accepted, String reason) {
  @Override
  public String toString() {
    return softmax + ": " + reason;
  }
}
