package org.attentionflow.baselines.gradient;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/**
 * The input that stands for "nothing", as embeddings: those of the tokens that are not special are
 * replaced, those of special tokens stay.
 */
enum EmbeddingBaseline {
  /** The embedding of the padding token. */
  PAD,
  /** The embedding of [MASK]. */
  MASK,
  /** The embedding of the unknown token. */
  UNK,
  /** Zeros. */
  ZERO;

  /**
   * The baseline of a capture that holds embeddings, [token, width].
   *
   * @throws UnusableInputException if the model has no such token
   */
  FloatTensor of(Capture capture, ModelSession session) {
    FloatTensor own = Objects.requireNonNull(capture.embeddings());
    int width = own.size(1);
    float[] result = own.values().clone();
    float[] other = this == ZERO ? new float[result.length] : replaced(capture, session);
    for (Token token : capture.tokens().tokens()) {
      if (!token.special()) {
        System.arraycopy(other, token.index() * width, result, token.index() * width, width);
      }
    }
    return FloatTensor.of(result, own.shape());
  }

  /** The embeddings when every token that is not special is the one this stands for. */
  private float[] replaced(Capture capture, ModelSession session) {
    String role = name().toLowerCase(Locale.ROOT);
    int id =
        session
            .model()
            .specialToken(role)
            .orElseThrow(
                () ->
                    new UnusableInputException(
                        "The model "
                            + session.model().name()
                            + " has no "
                            + role
                            + " token. Maybe set method.baseline = zero."));
    List<Token> tokens = new ArrayList<>();
    for (Token token : capture.tokens().tokens()) {
      int used = token.special() ? token.id() : id;
      tokens.add(
          new Token(
              token.index(), used, token.text(), token.start(), token.end(), token.special()));
    }
    TokenSequence sequence =
        new TokenSequence(capture.tokens().text(), tokens, capture.tokens().segments());
    CaptureRequest request =
        new CaptureRequest(capture.target().asTarget(), EnumSet.of(Quantity.EMBEDDING));
    Capture other = session.capture(List.of(sequence), request).get(0);
    return Objects.requireNonNull(other.embeddings()).values();
  }
}
