package org.attentionflow.evaluation.metric;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EmbeddedInput;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.evaluation.perturbation.Features;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * Scores an example again, with something changed: what sanity checks ask.
 *
 * @param session the model
 * @param attributor the method
 * @param tokens the input
 * @param features the features whose scores are judged
 * @param randomised the model with random weights, shared by examples; null opens them anew for
 *     every example
 */
public record Reattribution(
    ModelSession session,
    Attributor attributor,
    TokenSequence tokens,
    Features features,
    @Nullable RandomisedModels randomised) {
  /** Without shared random models. */
  public Reattribution(
      ModelSession session, Attributor attributor, TokenSequence tokens, Features features) {
    this(session, attributor, tokens, features, null);
  }

  /** The scores of the features for a class. */
  public double[] scores(int target) {
    return scores(session, target);
  }

  /**
   * The scores of the features for a class.
   *
   * @param model a model, for example this one with other weights
   */
  public double[] scores(ModelSession model, int target) {
    Capture capture = model.capture(List.of(tokens), request(target, attributor.needs())).get(0);
    return features.scores(attributor.attribute(capture, model).scores());
  }

  /**
   * The same, with a model that is asked about so many inputs at a time and no more.
   *
   * @param size the most inputs of a call, at least 1
   */
  public Reattribution batched(int size) {
    return new Reattribution(
        new BatchedSession(session, size), attributor, tokens, features, randomised);
  }

  /** The word embeddings of the input, [token, width]. */
  public FloatTensor embeddings() {
    CaptureRequest request = request(0, EnumSet.of(Quantity.EMBEDDING));
    FloatTensor embeddings = session.capture(List.of(tokens), request).get(0).embeddings();
    if (embeddings == null) {
      throw new IllegalStateException("The engine captured no embeddings.");
    }
    return embeddings;
  }

  /**
   * The scores of the features for a class when the word embeddings are given. What a method asks
   * the model about other inputs is not changed.
   *
   * @throws org.attentionflow.failure.UnusableInputException if the engine cannot compute from
   *     embeddings
   */
  public double[] scores(FloatTensor embeddings, int target) {
    List<EmbeddedInput> input = List.of(new EmbeddedInput(tokens, embeddings));
    Capture capture = session.captureEmbedded(input, request(target, attributor.needs())).get(0);
    return features.scores(attributor.attribute(capture, session).scores());
  }

  private static CaptureRequest request(int target, Set<Quantity> quantities) {
    return new CaptureRequest(new Target.Index(target), quantities);
  }
}
