package org.attentionflow.onnx;

import java.util.List;
import org.attentionflow.onnx.graph.Value;

/**
 * Where a graph has its hidden states and word embeddings.
 *
 * @param hiddenStates [batch, token, hidden]: after the embeddings and after every layer
 * @param embeddings [batch, token, width]: the word embeddings
 */
record StateTensors(List<Value> hiddenStates, Value embeddings) {
  StateTensors {
    hiddenStates = List.copyOf(hiddenStates);
  }
}
