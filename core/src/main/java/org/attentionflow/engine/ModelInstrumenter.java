package org.attentionflow.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Plugin;

/**
 * Writes a copy of a model that returns its attention and the gradient of its logits by itself, for
 * use by other programs.
 */
public interface ModelInstrumenter extends Plugin {
  /**
   * What the copy returns besides its logits.
   *
   * @param hiddenStates whether it returns hidden states
   * @param embeddings whether it returns word embeddings
   * @param gradients whether it returns the gradients of all it returns
   * @param attention the tensors that are the attention of the layers, first layer first; empty to
   *     search for them
   */
  record Request(
      boolean hiddenStates, boolean embeddings, boolean gradients, List<String> attention) {
    /** Copies the list. */
    public Request {
      attention = List.copyOf(attention);
    }
  }

  /**
   * What a copy is like.
   *
   * @param inputs its inputs with their types and shapes
   * @param outputs its outputs with their types and shapes
   * @param layers per layer, why its attention was taken for that
   * @param notes what else was changed
   */
  record Report(
      List<String> inputs, List<String> outputs, List<String> layers, List<String> notes) {
    /** Copies the lists. */
    public Report {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      layers = List.copyOf(layers);
      notes = List.copyOf(notes);
    }
  }

  /** Whether a model is in a form that can be instrumented, judged by the names of its files. */
  boolean accepts(Path model);

  /**
   * Writes the copy; a file of that name is replaced when the copy is complete, unless the model is
   * read from it.
   *
   * @throws UnusableInputException if the model cannot be used, or has no gradient, or if the copy
   *     would replace a file that the model is read from
   * @throws IOException if the copy cannot be written
   */
  Report instrument(Path model, Path output, Request request) throws IOException;
}
