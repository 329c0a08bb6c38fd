package org.attentionflow.onnx;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
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
import org.attentionflow.onnx.gradient.GradientRules;
import org.attentionflow.token.TokenSequence;

/**
 * An exported classifier. Several threads can capture at once: a run of ONNX Runtime shares nothing
 * with others but the weights. The graph is instrumented for what is asked, and loaded when it is
 * first asked for; one that returns logits alone does not compute gradients.
 */
final class OnnxSession implements ModelSession {
  private final OpenModel opened;
  private final EngineSettings settings;
  private final MemoryEstimate memory;
  private final GradientRules rules;
  private final Map<Instruments, LoadedGraph> loaded = new HashMap<>();

  /** Calls hold the read lock; closing waits for them, for they use the native memory. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  OnnxSession(OpenModel opened, EngineSettings settings, GradientRules rules) {
    this.opened = opened;
    this.settings = settings;
    this.rules = rules;
    ModelDescription model = opened.description();
    this.memory = new MemoryEstimate(model.layerCount(), model.headCount(), model.hiddenSize());
  }

  @Override
  public ModelDescription model() {
    return opened.description();
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
    inputs.forEach(opened.inputs().limits()::check);
    if (opened.classifier().roles().find(InputRole.MASK).isEmpty()) {
      throw new UnusableInputException(
          ("The graph of " + model().name() + " has no attention_mask, so that no token can be")
              + " masked. Maybe export it with one.");
    }
    CaptureRequest nothing = new CaptureRequest(Target.predicted(), Set.of());
    return whileOpen(
        () -> {
          CaptureRun run = new CaptureRun(opened, graph(Instruments.of(nothing)), model().labels());
          return IntStream.range(0, inputs.size())
              .mapToObj(
                  i -> run.run(List.of(inputs.get(i)), List.of(unattended.get(i)), nothing).get(0))
              .map(Capture::logits)
              .toList();
        });
  }

  @Override
  public List<Capture> capture(List<TokenSequence> inputs, CaptureRequest request) {
    return capture(inputs, request, (run, batch) -> run.run(batch, request));
  }

  @Override
  public List<ReducedCapture> captureReduced(
      List<TokenSequence> inputs, CaptureRequest request, LayerReduction reduction) {
    return capture(inputs, request, (run, batch) -> run.runReduced(batch, request, reduction));
  }

  private <R> List<R> capture(
      List<TokenSequence> inputs,
      CaptureRequest request,
      BiFunction<CaptureRun, List<TokenSequence>, List<R>> apply) {
    inputs.forEach(opened.inputs().limits()::check);
    opened.checkMask(inputs.stream().map(TokenSequence::size).toList());
    return whileOpen(
        () -> {
          LoadedGraph graph = graph(Instruments.of(request));
          CaptureRun run = new CaptureRun(opened, graph, model().labels());
          List<R> captures = new ArrayList<>();
          for (List<TokenSequence> part : splitByMask(inputs)) {
            captures.addAll(
                Batches.apply(
                    part, longest -> atOnce(longest, request), batch -> apply.apply(run, batch)));
          }
          return captures;
        });
  }

  /** Without a mask only inputs of one length can go together. */
  private List<List<TokenSequence>> splitByMask(List<TokenSequence> inputs) {
    boolean hasMask = opened.classifier().roles().find(InputRole.MASK).isPresent();
    boolean even = inputs.stream().mapToInt(TokenSequence::size).distinct().count() <= 1;
    return hasMask || even ? List.of(inputs) : inputs.stream().map(List::of).toList();
  }

  private int atOnce(int tokenCount, CaptureRequest request) {
    int fixed = opened.fixedBatch();
    return fixed > 0 ? 1 : memory.atOnce(tokenCount, settings.batchSize(), request);
  }

  @Override
  public long captureBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return memory.bytes(tokenCount, inputCount, settings.batchSize(), request);
  }

  @Override
  public long captureReducedBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return memory.reducedBytes(tokenCount, inputCount, settings.batchSize(), request);
  }

  @Override
  public Map<String, String> digests() {
    List<Path> files = new ArrayList<>(List.of(opened.location().file()));
    files.addAll(opened.classifier().file().weightFiles());
    return opened.location().folder().digests(files);
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        opened.inputs().close();
        for (LoadedGraph graph : loaded.values()) {
          graph.session().close();
        }
        loaded.clear();
      }
    } catch (OrtException failure) {
      throw new IllegalStateException("ONNX Runtime could not free a model.", failure);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The graph with what is needed, loaded by the first who asks. */
  private LoadedGraph graph(Instruments instruments) {
    synchronized (loaded) {
      LoadedGraph known = loaded.get(instruments);
      if (known == null) {
        known = LoadedGraph.of(opened.classifier(), instruments, rules, settings.nativeThreads());
        loaded.put(instruments, known);
      }
      return known;
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

  /** Complains of logits that are no numbers. */
  static UnusableInputException notFinite(float[] row) {
    return new UnusableInputException(
        ("The model's logits are " + Arrays.toString(row) + ", not finite numbers.")
            + " Maybe the weights are damaged, or overflowed when they were converted.");
  }
}
