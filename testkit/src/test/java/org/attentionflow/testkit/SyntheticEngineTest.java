package org.attentionflow.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;

/** The contract holds for a model whose gradients are known exactly. */
class SyntheticEngineTest extends ModelEngineContract {
  @Override
  protected ModelEngine plugin() {
    return new SyntheticEngine();
  }

  @Override
  protected Path model() {
    return Path.of("synthetic");
  }

  @Override
  protected boolean isRegistered() {
    return false;
  }

  @Override
  protected OptionalDouble targetAt(
      ModelSession session,
      TokenSequence input,
      int layer,
      int head,
      int query,
      int key,
      double change) {
    List<FloatTensor> attention = SyntheticSession.attention(input);
    float[] before = SyntheticSession.logitsFor(attention);
    int predicted = 0;
    for (int i = 1; i < before.length; i++) {
      predicted = before[i] > before[predicted] ? i : predicted;
    }
    int size = input.size();
    attention.get(layer).values()[(head * size + query) * size + key] += (float) change;
    return OptionalDouble.of(SyntheticSession.logitsFor(attention)[predicted]);
  }
}
