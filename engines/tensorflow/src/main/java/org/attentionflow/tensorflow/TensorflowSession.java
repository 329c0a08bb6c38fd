package org.attentionflow.tensorflow;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.session.InputRun;
import org.attentionflow.huggingface.session.LayerKeeping;
import org.attentionflow.huggingface.session.NativeSession;
import org.attentionflow.token.TokenSequence;

/**
 * A sequence classifier's graph in native memory. Several threads can capture at once: a run reads
 * the variables and writes nothing but its results.
 *
 * <p>The threads that work within one operation belong to the whole process: the first session
 * decides how many there are, and later sessions share them whatever their settings say.
 */
final class TensorflowSession extends NativeSession {
  private static final String MASK_CURE =
      "its graph has no input attention_mask. Maybe save it with one.";

  private final ModelFiles files;
  private final NativeGraph graph;
  private final CaptureRun run;

  TensorflowSession(
      ModelFiles files, NativeGraph graph, OpenModel opened, EngineSettings settings) {
    super(opened.description(), opened.inputs(), opened.memory(), settings);
    this.files = files;
    this.graph = graph;
    this.run =
        new CaptureRun(
            graph, opened.description().labels(), opened.inputs().limits(), opened.paddingId());
  }

  /** The tensors of each layer's attention in the graph, first layer first. */
  List<TensorName> attention() {
    return graph.attention();
  }

  @Override
  public List<String> attentionReasons() {
    return graph.plan().attention().stream().map(Attention::reason).toList();
  }

  @Override
  public Map<Capability, String> lacks() {
    return takesPadding() ? Map.of() : Map.of(Capability.ATTENTION_MASK, MASK_CURE);
  }

  @Override
  protected boolean takesPadding() {
    return graph.plan().signature().hasMask();
  }

  @Override
  protected void check(TokenSequence input) {
    super.check(input);
    int fixed = graph.plan().signature().tokenCount();
    if (fixed != GraphInput.ANY && !takesPadding() && input.size() != fixed) {
      throw new UnusableInputException(
          ("The graph reads exactly " + fixed + " tokens and has no mask, so that an input of ")
              + (input.size() + " tokens cannot be filled up."));
    }
  }

  @Override
  protected int atOnce(int tokenCount, CaptureRequest request) {
    int fixed = graph.plan().signature().batchSize();
    return fixed != GraphInput.ANY ? fixed : super.atOnce(tokenCount, request);
  }

  @Override
  protected <L> List<InputRun<L>> run(
      List<TokenSequence> batch, CaptureRequest request, LayerKeeping<L> keeping) {
    return run.run(batch, request, Map::of, keeping);
  }

  @Override
  protected float[] logits(TokenSequence input, BitSet unattended) {
    return run.logits(input, unattended);
  }

  /** Captures with some tensors of the graph replaced. */
  List<Capture> capture(
      List<TokenSequence> inputs, CaptureRequest request, CaptureRun.Replacement replaced) {
    return inBatches(inputs, request, batch -> run.run(batch, request, replaced, whole())).stream()
        .map(InputRun::capture)
        .toList();
  }

  @Override
  public Map<String, String> digests() {
    return files.beside().digests(files.modelFiles());
  }

  @Override
  protected void free() {
    graph.close();
  }
}
