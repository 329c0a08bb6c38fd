package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.session.LayerSink;
import org.attentionflow.tensor.FloatTensor;

/** Watches the forward pass of one input and puts given word embeddings in place of its own. */
final class EmbeddedRecorder extends Recorder {
  private final NDManager manager;
  private final FloatTensor embeddings;

  /** Takes the embeddings, [token, width]. */
  EmbeddedRecorder(
      CaptureRequest request,
      int[] lengths,
      NDManager manager,
      LayerSink sink,
      FloatTensor embeddings) {
    super(request, lengths, manager, sink);
    this.manager = manager;
    this.embeddings = embeddings;
  }

  @Override
  PtNDArray embedding(PtNDArray words) {
    Shape shape = words.getShape();
    if (shape.get(2) != embeddings.size(1)) {
      throw new UnusableInputException(
          "The given embeddings have the width "
              + embeddings.size(1)
              + ", those of the model "
              + shape.get(2)
              + ".");
    }
    return super.embedding((PtNDArray) manager.create(embeddings.values(), shape));
  }
}
