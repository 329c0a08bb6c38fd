package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.huggingface.session.InputRun;
import org.attentionflow.huggingface.session.LayerKeeping;
import org.attentionflow.token.TokenSequence;

/** A model in native memory that runs one batch at a time. Safe for use by several threads. */
interface NativeModel extends AutoCloseable {
  /** Whether inputs of different lengths may be in one batch. */
  boolean takesPadding();

  /**
   * Runs one forward and, if gradients are wanted, one backward pass.
   *
   * @param inputs checked against the limits of the model; equally long if there is no padding
   * @param manager what the native arrays belong to while the batch runs
   * @param keeping what becomes of the attention of each layer of each input
   * @return one result per input, in order
   */
  <L> List<InputRun<L>> run(
      List<TokenSequence> inputs,
      CaptureRequest request,
      NDManager manager,
      LayerKeeping<L> keeping);

  /** Frees what does not belong to the session's manager. */
  @Override
  void close();
}
