package org.attentionflow.baselines;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EmbeddedInput;
import org.attentionflow.engine.EncoderWeights;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.Target;
import org.attentionflow.pytorch.PytorchEngine;
import org.attentionflow.testkit.ResourceFolder;
import org.attentionflow.token.TokenSequence;

/** The project's small classifier, opened once for all tests: closing it does nothing. */
public final class SmallModel implements ModelSession {
  /** A text of twelve words. */
  public static final String TEXT = "although this dog is not cute, it is very smart.";

  private static final ModelSession SESSION =
      new PytorchEngine().open(ResourceFolder.smallClassifier(), EngineSettings.defaults());

  /** What a text gives. */
  public static Capture capture(String text, Target target, Set<Quantity> quantities) {
    return SESSION
        .capture(List.of(SESSION.tokenize(text)), new CaptureRequest(target, quantities))
        .get(0);
  }

  @Override
  public ModelDescription model() {
    return SESSION.model();
  }

  @Override
  public TokenSequence tokenize(String text) {
    return SESSION.tokenize(text);
  }

  @Override
  public TokenSequence sequence(int[] ids) {
    return SESSION.sequence(ids);
  }

  @Override
  public List<float[]> logits(List<TokenSequence> inputs) {
    return SESSION.logits(inputs);
  }

  @Override
  public List<float[]> logits(List<TokenSequence> inputs, List<BitSet> unattended) {
    return SESSION.logits(inputs, unattended);
  }

  @Override
  public List<Capture> capture(List<TokenSequence> inputs, CaptureRequest request) {
    return SESSION.capture(inputs, request);
  }

  @Override
  public List<Capture> captureEmbedded(List<EmbeddedInput> inputs, CaptureRequest request) {
    return SESSION.captureEmbedded(inputs, request);
  }

  @Override
  public EncoderWeights encoderWeights() {
    return SESSION.encoderWeights();
  }

  @Override
  public long captureBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return SESSION.captureBytes(tokenCount, inputCount, request);
  }

  @Override
  public Map<String, String> digests() {
    return SESSION.digests();
  }

  @Override
  public void close() {}
}
