package org.attentionflow.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/**
 * The session of {@link SyntheticEngine}. Attention is the softmax of pseudo-random scores; the
 * logit of class c is Σ w_c A over all layers, heads, queries and keys, so w_c is its gradient.
 */
public final class SyntheticSession implements ModelSession {
  private static final int LAYERS = 3;
  private static final int HEADS = 2;
  private static final int CLASSES = 3;
  private static final int VOCABULARY = 1000;
  private static final int MOST_TOKENS = 64;
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final int CLS = 1;
  private static final int SEP = 2;

  private volatile boolean closed;

  /** Opens a session. */
  public SyntheticSession() {}

  @Override
  public ModelDescription model() {
    return new ModelDescription(
        "synthetic",
        "synthetic",
        List.of("negative", "neutral", "positive"),
        LAYERS,
        HEADS,
        8,
        MOST_TOKENS,
        0,
        Map.of("cls", CLS, "sep", SEP));
  }

  @Override
  public TokenSequence tokenize(String text) {
    requireOpen();
    List<Token> tokens = new ArrayList<>();
    tokens.add(new Token(0, CLS, "[CLS]", 0, 0, true));
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      int id = 3 + Math.floorMod(words.group().hashCode(), VOCABULARY - 3);
      tokens.add(new Token(tokens.size(), id, words.group(), words.start(), words.end(), false));
    }
    tokens.add(new Token(tokens.size(), SEP, "[SEP]", 0, 0, true));
    return checked(TokenSequence.of(text, tokens), tokens.size() > 2);
  }

  @Override
  public TokenSequence sequence(int[] ids) {
    requireOpen();
    List<Token> tokens = new ArrayList<>();
    for (int id : ids) {
      if (id < 0 || id >= VOCABULARY) {
        throw new UnusableInputException("Token id " + id + " is not in the vocabulary.");
      }
      tokens.add(new Token(tokens.size(), id, "#" + id, 0, 0, id == CLS || id == SEP));
    }
    return checked(TokenSequence.of("", tokens), true);
  }

  @Override
  public List<float[]> logits(List<TokenSequence> inputs) {
    requireOpen();
    return inputs.stream().map(input -> logitsFor(attention(input))).toList();
  }

  @Override
  public List<Capture> capture(List<TokenSequence> inputs, CaptureRequest request) {
    requireOpen();
    return inputs.stream().map(input -> capture(input, request)).toList();
  }

  @Override
  public long captureBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return 8L * LAYERS * HEADS * tokenCount * tokenCount * inputCount;
  }

  @Override
  public Map<String, String> digests() {
    return Map.of();
  }

  @Override
  public void close() {
    closed = true;
  }

  /** The logits for given attention: what central differences of the gradient are taken of. */
  static float[] logitsFor(List<FloatTensor> attention) {
    float[] logits = new float[CLASSES];
    for (int c = 0; c < CLASSES; c++) {
      double sum = 0;
      for (int layer = 0; layer < LAYERS; layer++) {
        float[] values = attention.get(layer).values();
        float[] weights = weights(layer, c, values.length);
        for (int i = 0; i < values.length; i++) {
          sum += (double) weights[i] * values[i];
        }
      }
      logits[c] = (float) sum;
    }
    return logits;
  }

  /** The attention of an input, per layer [head, query, key]. */
  static List<FloatTensor> attention(TokenSequence input) {
    List<FloatTensor> layers = new ArrayList<>();
    int size = input.size();
    for (int layer = 0; layer < LAYERS; layer++) {
      float[] values = new float[HEADS * size * size];
      for (int row = 0; row < HEADS * size; row++) {
        Random random = new Random(row + 1000L * layer + input.ids()[row % size]);
        double sum = 0;
        for (int key = 0; key < size; key++) {
          values[row * size + key] = (float) StrictMath.exp(3 * random.nextDouble());
          sum += values[row * size + key];
        }
        for (int key = 0; key < size; key++) {
          values[row * size + key] /= (float) sum;
        }
      }
      layers.add(FloatTensor.of(values, HEADS, size, size));
    }
    return layers;
  }

  private Capture capture(TokenSequence input, CaptureRequest request) {
    List<FloatTensor> attention = attention(input);
    float[] logits = logitsFor(attention);
    ResolvedTarget target = request.target().resolve(logits, model().labels());
    List<AttentionLayer> layers = new ArrayList<>();
    for (int layer = 0; layer < LAYERS; layer++) {
      FloatTensor values = attention.get(layer);
      layers.add(
          request.wants(Quantity.ATTENTION_GRADIENT)
              ? AttentionLayer.of(values, gradient(layer, values, target))
              : AttentionLayer.of(values));
    }
    boolean wanted = request.wants(Quantity.ATTENTION) || request.wantsGradients();
    return new Capture(
        input,
        null,
        logits,
        target,
        wanted ? Map.of(AttentionKind.ENCODER, layers) : Map.of(),
        List.of(),
        List.of(),
        null,
        null);
  }

  private static FloatTensor gradient(int layer, FloatTensor attention, ResolvedTarget target) {
    int count = attention.values().length;
    float[] gradient = weights(layer, target.index(), count);
    if (target.isContrast()) {
      float[] against = weights(layer, target.against(), count);
      for (int i = 0; i < count; i++) {
        gradient[i] -= against[i];
      }
    }
    return FloatTensor.of(gradient, attention.shape());
  }

  private static float[] weights(int layer, int c, int count) {
    Random random = new Random(100L * layer + c);
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      weights[i] = random.nextFloat() - 0.5f;
    }
    return weights;
  }

  private static TokenSequence checked(TokenSequence sequence, boolean hasToken) {
    if (!hasToken || sequence.size() > MOST_TOKENS) {
      throw new UnusableInputException(
          sequence.size() + " tokens; the model reads 1 to " + MOST_TOKENS + ".");
    }
    return sequence;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The session is closed.");
    }
  }
}
