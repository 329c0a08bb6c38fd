package org.attentionflow.evaluation.metric;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EmbeddedInput;
import org.attentionflow.engine.EncoderWeights;
import org.attentionflow.engine.LayerReduction;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.ReducedCapture;
import org.attentionflow.token.TokenSequence;

/**
 * An open model that is asked about so many inputs at a time and no more: every call with more
 * inputs becomes several. Does not own the model.
 *
 * @param session the model
 * @param size the most inputs of a call, at least 1
 */
record BatchedSession(ModelSession session, int size) implements ModelSession {
  /** The results for all inputs, asked for part by part: from an index, up to another. */
  private <T> List<T> parts(int count, BiFunction<Integer, Integer, List<T>> part) {
    List<T> results = new ArrayList<>();
    for (int begin = 0; begin < count; begin += size) {
      results.addAll(part.apply(begin, Math.min(count, begin + size)));
    }
    return results;
  }

  @Override
  public ModelDescription model() {
    return session.model();
  }

  @Override
  public Map<Capability, String> lacks() {
    return session.lacks();
  }

  @Override
  public List<String> attentionReasons() {
    return session.attentionReasons();
  }

  @Override
  public TokenSequence tokenize(String text) {
    return session.tokenize(text);
  }

  @Override
  public TokenSequence sequence(int[] ids) {
    return session.sequence(ids);
  }

  @Override
  public List<float[]> logits(List<TokenSequence> inputs) {
    return parts(inputs.size(), (from, to) -> session.logits(inputs.subList(from, to)));
  }

  @Override
  public List<float[]> logits(List<TokenSequence> inputs, List<BitSet> unattended) {
    return parts(
        inputs.size(),
        (from, to) -> session.logits(inputs.subList(from, to), unattended.subList(from, to)));
  }

  @Override
  public ModelSession withRandomWeights(int depth, long seed) {
    return session.withRandomWeights(depth, seed);
  }

  @Override
  public List<Capture> capture(List<TokenSequence> inputs, CaptureRequest request) {
    return parts(inputs.size(), (from, to) -> session.capture(inputs.subList(from, to), request));
  }

  @Override
  public List<ReducedCapture> captureReduced(
      List<TokenSequence> inputs, CaptureRequest request, LayerReduction reduction) {
    return parts(
        inputs.size(),
        (from, to) -> session.captureReduced(inputs.subList(from, to), request, reduction));
  }

  @Override
  public List<Capture> captureEmbedded(List<EmbeddedInput> inputs, CaptureRequest request) {
    return parts(
        inputs.size(), (from, to) -> session.captureEmbedded(inputs.subList(from, to), request));
  }

  @Override
  public EncoderWeights encoderWeights() {
    return session.encoderWeights();
  }

  @Override
  public long captureBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return session.captureBytes(tokenCount, inputCount, request);
  }

  @Override
  public long captureReducedBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return session.captureReducedBytes(tokenCount, inputCount, request);
  }

  @Override
  public Map<String, String> digests() {
    return session.digests();
  }

  /** Leaves the model open: it belongs to whoever opened it. */
  @Override
  public void close() {}
}
