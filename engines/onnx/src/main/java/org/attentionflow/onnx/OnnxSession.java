package org.attentionflow.onnx;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Target;
import org.attentionflow.huggingface.session.InputRole;
import org.attentionflow.huggingface.session.InputRun;
import org.attentionflow.huggingface.session.LayerKeeping;
import org.attentionflow.huggingface.session.NativeCosts;
import org.attentionflow.huggingface.session.NativeSession;
import org.attentionflow.onnx.gradient.GradientRules;
import org.attentionflow.token.TokenSequence;

/**
 * An exported classifier. Several threads can capture at once: a run of ONNX Runtime shares nothing
 * with others but the weights. The graph is instrumented for what is asked, and loaded when it is
 * first asked for; one that returns logits alone does not compute gradients.
 */
final class OnnxSession extends NativeSession {
  /**
   * For a moment scores, masks, products and gradients of one layer; kept scores, softmax, gradient
   * and what the runtime's arena does not give back in between.
   */
  private static final NativeCosts COSTS = new NativeCosts(16L << 20, 2L << 30, 8, 5, 20, 10, true);

  private static final String MASK_CURE =
      "its graph has no input attention_mask. Maybe export it with one.";

  private final OpenModel opened;
  private final GradientRules rules;
  private final Map<Instruments, LoadedGraph> loaded = new HashMap<>();

  OnnxSession(OpenModel opened, EngineSettings settings, GradientRules rules) {
    super(opened.description(), opened.inputs(), opened.memory(COSTS), settings);
    this.opened = opened;
    this.rules = rules;
  }

  @Override
  public Map<Capability, String> lacks() {
    return takesPadding() ? Map.of() : Map.of(Capability.ATTENTION_MASK, MASK_CURE);
  }

  @Override
  public List<String> attentionReasons() {
    return opened.classifier().attention().stream().map(AttentionTensor::toString).toList();
  }

  @Override
  protected boolean takesPadding() {
    return opened.classifier().roles().find(InputRole.MASK).isPresent();
  }

  @Override
  protected void check(TokenSequence input) {
    super.check(input);
    opened.checkMask(input.size());
  }

  @Override
  protected int atOnce(int tokenCount, CaptureRequest request) {
    return opened.fixedBatch() > 0 ? 1 : super.atOnce(tokenCount, request);
  }

  @Override
  protected <L> List<InputRun<L>> run(
      List<TokenSequence> batch, CaptureRequest request, LayerKeeping<L> keeping) {
    return captureRun(request).run(batch, new BitSet(), request, keeping);
  }

  @Override
  protected float[] logits(TokenSequence input, BitSet unattended) {
    CaptureRequest nothing = new CaptureRequest(Target.predicted(), Set.of());
    return captureRun(nothing).run(List.of(input), unattended, nothing, whole()).get(0).logits();
  }

  private CaptureRun captureRun(CaptureRequest request) {
    return new CaptureRun(opened, graph(Instruments.of(request)), model().labels());
  }

  @Override
  public Map<String, String> digests() {
    List<Path> files = new ArrayList<>(List.of(opened.location().file()));
    files.addAll(opened.classifier().file().weightFiles());
    return opened.location().folder().digests(files);
  }

  @Override
  protected void free() {
    try {
      for (LoadedGraph graph : loaded.values()) {
        graph.session().close();
      }
      loaded.clear();
    } catch (OrtException failure) {
      throw new IllegalStateException("ONNX Runtime could not free a model.", failure);
    }
  }

  /** The graph with what is needed, loaded by the first who asks. */
  private LoadedGraph graph(Instruments instruments) {
    synchronized (loaded) {
      LoadedGraph known = loaded.get(instruments);
      if (known == null) {
        known = LoadedGraph.of(opened.classifier(), instruments, rules, settings().nativeThreads());
        loaded.put(instruments, known);
      }
      return known;
    }
  }
}
