package org.attentionflow.baselines;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.testkit.SyntheticSession;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/** Captures made by hand. */
public final class Captures {
  private Captures() {}

  /** Random attention, rows summing to 1, with random gradients of both signs. */
  public static Capture random(int layerCount, int headCount, int tokenCount, long seed) {
    Random random = new Random(seed);
    List<AttentionLayer> layers = new ArrayList<>();
    for (int layer = 0; layer < layerCount; layer++) {
      float[] attention = new float[headCount * tokenCount * tokenCount];
      float[] gradient = new float[attention.length];
      for (int from = 0; from < attention.length; from += tokenCount) {
        float sum = 0;
        for (int k = from; k < from + tokenCount; k++) {
          attention[k] = random.nextFloat();
          gradient[k] = random.nextFloat() - 0.5f;
          sum += attention[k];
        }
        for (int k = from; k < from + tokenCount; k++) {
          attention[k] /= sum;
        }
      }
      layers.add(
          AttentionLayer.of(
              FloatTensor.of(attention, headCount, tokenCount, tokenCount),
              FloatTensor.of(gradient, headCount, tokenCount, tokenCount)));
    }
    return Capture.of(
        tokens(tokenCount), new float[] {1, 0}, new ResolvedTarget(0, ResolvedTarget.NONE), layers);
  }

  /** [CLS], words w1, w2, …, [SEP] with ids 1, 10, 11, …, 2. */
  public static TokenSequence tokens(int count) {
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean special = i == 0 || i == count - 1;
      int id = i == 0 ? 1 : i == count - 1 ? 2 : 9 + i;
      tokens.add(new Token(i, id, "w" + i, 0, 0, special));
    }
    return TokenSequence.of("", tokens);
  }

  /** The scores of a capture by a method that asks no model. */
  public static double[] scores(AttributionMethod method, Capture capture, String... options) {
    return scores(method, capture, MethodSettings.defaults(), options);
  }

  /** The same with other settings. */
  public static double[] scores(
      AttributionMethod method, Capture capture, MethodSettings settings, String... options) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      values.put(options[i], options[i + 1]);
    }
    try (SyntheticSession session = new SyntheticSession()) {
      return method.prepare(settings.withOptions(values)).attribute(capture, session).scores();
    }
  }
}
