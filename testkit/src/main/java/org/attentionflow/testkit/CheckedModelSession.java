package org.attentionflow.testkit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EmbeddedInput;
import org.attentionflow.engine.EncoderWeights;
import org.attentionflow.engine.LayerReduction;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.ReducedCapture;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/**
 * A model session that asserts what its interface promises, around another: one result per input in
 * the right order and shape, exactly the quantities asked for, attention whose rows sum to 1, and
 * no use after it is closed. Failures are {@link AssertionError}s.
 */
public final class CheckedModelSession implements ModelSession {
  private final ModelSession session;
  private volatile boolean closed;

  /** Wraps a session; closing the wrapper closes it. */
  public CheckedModelSession(ModelSession session) {
    this.session = session;
  }

  @Override
  public ModelDescription model() {
    ModelDescription model = session.model();
    Checks.that(
        model.layerCount() > 0 && model.headCount() > 0 && model.maximumTokens() > 0,
        () -> "The model description has an empty dimension: " + model);
    return model;
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
    checkOpen();
    TokenSequence sequence = session.tokenize(text);
    Checks.that(sequence.text().equals(text), () -> "The sequence is of another text.");
    checkTokens(sequence);
    return sequence;
  }

  @Override
  public TokenSequence sequence(int[] ids) {
    checkOpen();
    TokenSequence sequence = session.sequence(ids);
    Checks.that(
        Arrays.equals(ids, sequence.ids()),
        () -> "The sequence of " + Arrays.toString(ids) + " is another one.");
    checkTokens(sequence);
    return sequence;
  }

  @Override
  public List<float[]> logits(List<TokenSequence> inputs) {
    checkOpen();
    List<float[]> logits = session.logits(inputs);
    Checks.that(
        logits.size() == inputs.size(),
        () -> inputs.size() + " inputs gave " + logits.size() + " rows of logits.");
    logits.forEach(this::checkLogits);
    return logits;
  }

  @Override
  public List<float[]> logits(List<TokenSequence> inputs, List<BitSet> unattended) {
    checkOpen();
    List<float[]> logits = session.logits(inputs, unattended);
    Checks.that(
        logits.size() == inputs.size(),
        () -> inputs.size() + " inputs gave " + logits.size() + " rows of logits.");
    logits.forEach(this::checkLogits);
    return logits;
  }

  @Override
  public ModelSession withRandomWeights(int depth, long seed) {
    checkOpen();
    return new CheckedModelSession(session.withRandomWeights(depth, seed));
  }

  @Override
  public List<Capture> capture(List<TokenSequence> inputs, CaptureRequest request) {
    checkOpen();
    List<Capture> captures = session.capture(inputs, request);
    Checks.that(
        captures.size() == inputs.size(),
        () -> inputs.size() + " inputs gave " + captures.size() + " captures.");
    for (int i = 0; i < captures.size(); i++) {
      checkCapture(inputs.get(i), request, captures.get(i));
    }
    return captures;
  }

  @Override
  public List<ReducedCapture> captureReduced(
      List<TokenSequence> inputs, CaptureRequest request, LayerReduction reduction) {
    checkOpen();
    List<ReducedCapture> captures = session.captureReduced(inputs, request, reduction);
    Checks.that(
        captures.size() == inputs.size(),
        () -> inputs.size() + " inputs gave " + captures.size() + " reduced captures.");
    for (int i = 0; i < captures.size(); i++) {
      ReducedCapture capture = captures.get(i);
      int[] ids = inputs.get(i).ids();
      Checks.that(
          Arrays.equals(ids, capture.tokens().ids()),
          () -> "A reduced capture is of other tokens than its input.");
      checkLogits(capture.logits());
      capture
          .layers()
          .forEach(
              (kind, layers) ->
                  Checks.that(
                      layers.size() == session.model().layerCount(),
                      () -> kind + " was reduced to " + layers.size() + " layers"));
    }
    return captures;
  }

  @Override
  public List<Capture> captureEmbedded(List<EmbeddedInput> inputs, CaptureRequest request) {
    checkOpen();
    List<Capture> captures = session.captureEmbedded(inputs, request);
    Checks.that(
        captures.size() == inputs.size(),
        () -> inputs.size() + " inputs gave " + captures.size() + " captures.");
    for (int i = 0; i < captures.size(); i++) {
      checkCapture(inputs.get(i).tokens(), request, captures.get(i));
    }
    return captures;
  }

  @Override
  public long captureReducedBytes(int tokenCount, int inputCount, CaptureRequest request) {
    long bytes = session.captureReducedBytes(tokenCount, inputCount, request);
    Checks.that(bytes > 0, () -> "A reduced capture is said to need " + bytes + " bytes.");
    return bytes;
  }

  @Override
  public EncoderWeights encoderWeights() {
    checkOpen();
    EncoderWeights weights = session.encoderWeights();
    Checks.that(
        weights.layers().size() == session.model().layerCount(),
        () -> "There are weights of " + weights.layers().size() + " layers.");
    Checks.that(weights == session.encoderWeights(), () -> "The weights are read twice.");
    return weights;
  }

  @Override
  public long captureBytes(int tokenCount, int inputCount, CaptureRequest request) {
    long bytes = session.captureBytes(tokenCount, inputCount, request);
    Checks.that(bytes > 0, () -> "A capture is said to need " + bytes + " bytes.");
    return bytes;
  }

  @Override
  public Map<String, String> digests() {
    Map<String, String> digests = session.digests();
    digests.forEach(
        (file, digest) ->
            Checks.that(
                digest.matches("[0-9a-f]{64}"),
                () -> "The digest of " + file + " is no SHA-256: " + digest));
    return digests;
  }

  @Override
  public void close() {
    closed = true;
    session.close();
  }

  private void checkOpen() {
    Checks.that(!closed, () -> "The session was closed before.");
  }

  private static void checkTokens(TokenSequence sequence) {
    for (int i = 0; i < sequence.size(); i++) {
      Token token = sequence.tokens().get(i);
      int position = i;
      Checks.that(
          token.index() == position,
          () -> "Token " + position + " has the index " + token.index() + ".");
      Checks.that(
          token.start() >= 0
              && token.start() <= token.end()
              && token.end() <= sequence.text().length(),
          () -> token + " lies outside of the text of " + sequence.text().length() + " characters");
    }
  }

  private void checkLogits(float[] logits) {
    int classes = session.model().labels().size();
    Checks.that(
        classes == 0 || logits.length == classes,
        () -> logits.length + " logits, but " + classes + " classes.");
    for (float logit : logits) {
      Checks.that(Float.isFinite(logit), () -> "A logit is " + logit + ".");
    }
  }

  private void checkCapture(TokenSequence input, CaptureRequest request, Capture capture) {
    Checks.that(
        Arrays.equals(input.ids(), capture.tokens().ids()),
        () -> "A capture is of other tokens than its input. Maybe a batch was reordered.");
    checkLogits(capture.logits());
    int target = capture.target().index();
    Checks.that(
        target >= 0 && target < capture.logits().length, () -> "Target " + target + " is no class");
    boolean gradient = request.wants(Quantity.ATTENTION_GRADIENT);
    boolean attention = request.wants(Quantity.ATTENTION) || gradient;
    Checks.that(
        capture.attention().isEmpty() != attention,
        () -> "Attention was " + (attention ? "asked for but is missing" : "not asked for"));
    capture.attention().forEach((kind, layers) -> checkStack(capture, kind, layers, gradient));
    int tokens = input.size();
    checkStates(request, Quantity.HIDDEN_STATES, capture.hiddenStates(), tokens);
    checkStates(request, Quantity.HIDDEN_STATE_GRADIENT, capture.hiddenStateGradients(), tokens);
    Checks.that(
        (capture.embeddings() != null) == request.wants(Quantity.EMBEDDING)
            && (capture.embeddingGradient() != null) == request.wants(Quantity.EMBEDDING_GRADIENT),
        () -> "The embeddings captured are not what was asked for.");
  }

  private void checkStack(
      Capture capture, AttentionKind kind, List<AttentionLayer> layers, boolean gradient) {
    int input = capture.tokens().size();
    int output = capture.decoder().map(TokenSequence::size).orElse(input);
    int queries = kind == AttentionKind.ENCODER ? input : output;
    int keys = kind == AttentionKind.DECODER ? output : input;
    int depth = session.model().layerCount();
    Checks.that(
        layers.size() == depth,
        () -> kind + " attention of " + layers.size() + " layers; the model has " + depth);
    for (int layer = 0; layer < layers.size(); layer++) {
      AttentionLayer attention = layers.get(layer);
      String name = kind + " attention of layer " + layer;
      Checks.that(
          attention.queryCount() == queries && attention.keyCount() == keys,
          () -> name + " has the shape " + attention.attention() + ". Maybe padding was not cut.");
      Checks.that(
          attention.gradient().isPresent() == gradient,
          () -> name + ": gradient " + (gradient ? "is missing" : "was not asked for"));
    }
    AttentionChecks.check(kind, layers);
  }

  private static void checkStates(
      CaptureRequest request, Quantity quantity, List<FloatTensor> states, int tokens) {
    Checks.that(
        states.isEmpty() != request.wants(quantity),
        () -> quantity + " is not what was asked for: " + states);
    for (FloatTensor state : states) {
      Checks.that(
          state.rank() == 2 && state.size(0) == tokens,
          () -> quantity + " has the shape of " + state + " for " + tokens + " tokens");
    }
  }
}
