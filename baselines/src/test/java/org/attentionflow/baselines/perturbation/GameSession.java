package org.attentionflow.baselines.perturbation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/**
 * A model whose logit is any function of which of the words 0, 1, 2, … are there. It counts the
 * inputs it was asked about.
 */
final class GameSession implements ModelSession {
  private static final int MASK = 3;
  private static final int FIRST = 10;

  private final ToDoubleFunction<Set<Integer>> value;
  private int asked;

  GameSession(ToDoubleFunction<Set<Integer>> value) {
    this.value = value;
  }

  /** [CLS], so many words, [SEP]. */
  static TokenSequence words(int count) {
    List<Token> tokens = new ArrayList<>();
    tokens.add(new Token(0, 1, "[CLS]", 0, 0, true));
    for (int i = 0; i < count; i++) {
      tokens.add(new Token(i + 1, FIRST + i, "w" + i, 0, 0, false));
    }
    tokens.add(new Token(count + 1, 2, "[SEP]", 0, 0, true));
    return TokenSequence.of("", tokens);
  }

  /** The scores of a text of so many words, special tokens left out. */
  Attribution attribute(AttributionMethod method, int words, Map<String, String> options) {
    TokenSequence tokens = words(words);
    Capture capture =
        Capture.of(
            tokens,
            logits(List.of(tokens)).get(0),
            new ResolvedTarget(0, ResolvedTarget.NONE),
            List.of());
    asked = 0;
    Attribution attribution =
        method.prepare(MethodSettings.defaults().withOptions(options)).attribute(capture, this);
    double[] scores = new double[words];
    System.arraycopy(attribution.scores(), 1, scores, 0, words);
    return new Attribution(method.name(), scores, null, attribution.diagnostics());
  }

  int asked() {
    return asked;
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription(
        "game", "game", List.of("y"), 1, 1, 1, 100, 0, Map.of("cls", 1, "sep", 2, "mask", MASK));
  }

  @Override
  public List<float[]> logits(List<TokenSequence> inputs) {
    List<float[]> logits = new ArrayList<>();
    for (TokenSequence input : inputs) {
      asked++;
      Set<Integer> present = new TreeSet<>();
      for (int id : input.ids()) {
        if (id >= FIRST) {
          present.add(id - FIRST);
        }
      }
      logits.add(new float[] {(float) value.applyAsDouble(present)});
    }
    return logits;
  }

  @Override
  public TokenSequence tokenize(String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TokenSequence sequence(int[] ids) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Capture> capture(List<TokenSequence> inputs, CaptureRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long captureBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return 1;
  }

  @Override
  public Map<String, String> digests() {
    return Map.of();
  }

  @Override
  public void close() {}
}
