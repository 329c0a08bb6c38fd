package org.attentionflow;

import java.nio.file.Path;
import org.attentionflow.pipeline.Explainer;
import org.attentionflow.pipeline.Settings;

/**
 * Explains predictions of Transformers by maximum flow. This is the entry point for those who have
 * a model; {@link org.attentionflow.attribution.FlowAttributor} is the one for those who have
 * tensors, and {@link org.attentionflow.flow.FlowComputation} for those who have a network.
 *
 * <pre>{@code
 * try (Explainer explainer = AttentionFlow.load(Path.of("model-dir"))) {
 *   Explanation explanation = explainer.explain("although this dog is not cute, it is very smart.");
 * }
 * }</pre>
 */
public final class AttentionFlow {
  private AttentionFlow() {}

  /**
   * Opens a model with default settings: attention-gradient flow of the predicted class.
   *
   * @param model a model folder or file in a form that one of the engines present recognises
   * @throws org.attentionflow.failure.UnusableInputException if it cannot be used
   */
  public static Explainer load(Path model) {
    return load(model, Settings.defaults());
  }

  /**
   * Opens a model.
   *
   * @param settings every part by name, for example {@code Settings.defaults().with("method",
   *     "af")}
   * @throws org.attentionflow.failure.UnusableInputException if model or settings cannot be used
   */
  public static Explainer load(Path model, Settings settings) {
    return Explainer.open(model, settings);
  }
}
