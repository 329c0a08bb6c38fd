package org.attentionflow.tensorflow;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.LayerReduction;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.ReducedCapture;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.Batches;
import org.attentionflow.token.TokenSequence;

/**
 * A sequence classifier's graph in native memory. Several threads can capture at once: a run reads
 * the variables and writes nothing but its results.
 *
 * <p>The threads that work within one operation belong to the whole process: the first session
 * decides how many there are, and later sessions share them whatever their settings say.
 */
final class TensorflowSession implements ModelSession {
  private final ModelFiles files;
  private final NativeGraph graph;
  private final OpenModel opened;
  private final EngineSettings settings;
  private final CaptureRun run;

  /** Calls hold the read lock; closing waits for them, for they use the native memory. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  TensorflowSession(
      ModelFiles files, NativeGraph graph, OpenModel opened, EngineSettings settings) {
    this.files = files;
    this.graph = graph;
    this.opened = opened;
    this.settings = settings;
    this.run =
        new CaptureRun(
            graph, opened.description().labels(), opened.classCount(), opened.paddingId());
  }

  @Override
  public ModelDescription model() {
    return opened.description();
  }

  /** The tensors of each layer's attention in the graph, first layer first. */
  List<TensorName> attention() {
    return graph.attention();
  }

  /** Why each layer's attention is taken for that, first layer first. */
  List<String> reasons() {
    return graph.plan().attention().stream().map(Attention::reason).toList();
  }

  @Override
  public TokenSequence tokenize(String text) {
    return whileOpen(() -> opened.inputs().tokenize(text));
  }

  @Override
  public TokenSequence sequence(int[] ids) {
    return opened.inputs().sequence(ids);
  }

  @Override
  public List<float[]> logits(List<TokenSequence> inputs) {
    CaptureRequest nothing = new CaptureRequest(Target.predicted(), Set.of());
    return capture(inputs, nothing).stream().map(Capture::logits).toList();
  }

  /** One by one: the inputs that are asked for this way are few tokens of one text. */
  @Override
  public List<float[]> logits(List<TokenSequence> inputs, List<BitSet> unattended) {
    inputs.forEach(this::check);
    if (!graph.plan().signature().hasMask()) {
      throw new UnusableInputException(
          ("The graph of " + model().name() + " has no attention_mask, so that no token can be")
              + " masked. Maybe save it with one.");
    }
    return whileOpen(
        () ->
            IntStream.range(0, inputs.size())
                .mapToObj(i -> run.logits(inputs.get(i), unattended.get(i)))
                .toList());
  }

  @Override
  public List<Capture> capture(List<TokenSequence> inputs, CaptureRequest request) {
    return capture(inputs, request, Map::of);
  }

  /** The same with some tensors of the graph replaced. */
  List<Capture> capture(
      List<TokenSequence> inputs, CaptureRequest request, CaptureRun.Replacement replaced) {
    return inBatches(inputs, request, batch -> run.run(batch, request, replaced));
  }

  @Override
  public List<ReducedCapture> captureReduced(
      List<TokenSequence> inputs, CaptureRequest request, LayerReduction reduction) {
    return inBatches(inputs, request, batch -> run.runReduced(batch, request, reduction));
  }

  private <R> List<R> inBatches(
      List<TokenSequence> inputs,
      CaptureRequest request,
      Function<List<TokenSequence>, List<R>> capture) {
    inputs.forEach(this::check);
    return whileOpen(() -> Batches.apply(inputs, longest -> atOnce(longest, request), capture));
  }

  private void check(TokenSequence input) {
    opened.inputs().limits().check(input);
    GraphSignature signature = graph.plan().signature();
    int fixed = signature.tokenCount();
    if (fixed != GraphInput.ANY && !signature.hasMask() && input.size() != fixed) {
      throw new UnusableInputException(
          ("The graph reads exactly " + fixed + " tokens and has no mask, so that an input of ")
              + (input.size() + " tokens cannot be filled up."));
    }
  }

  private int atOnce(int tokenCount, CaptureRequest request) {
    GraphSignature signature = graph.plan().signature();
    int most = opened.memory().atOnce(tokenCount, settings.batchSize(), request);
    if (signature.batchSize() != GraphInput.ANY) {
      return signature.batchSize();
    }
    boolean sameLength = signature.tokenCount() != GraphInput.ANY;
    return signature.hasMask() || sameLength ? most : 1;
  }

  @Override
  public long captureBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return opened.memory().bytes(tokenCount, inputCount, settings.batchSize(), request);
  }

  @Override
  public long captureReducedBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return opened.memory().reducedBytes(tokenCount, inputCount, settings.batchSize(), request);
  }

  @Override
  public Map<String, String> digests() {
    return files.beside().digests(files.modelFiles());
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        opened.inputs().close();
        graph.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private <R> R whileOpen(Supplier<R> call) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("The session of " + model().name() + " is closed.");
      }
      return call.get();
    } finally {
      lock.readLock().unlock();
    }
  }
}
