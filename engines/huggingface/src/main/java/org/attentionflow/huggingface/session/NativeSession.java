package org.attentionflow.huggingface.session;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capability;
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
import org.attentionflow.huggingface.ModelInputs;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.token.TokenSequence;

/**
 * A model in native memory with the files of a Hugging Face model beside it. An engine adds how one
 * batch runs; checks, batches, estimates of memory and the end of the session are here. Several
 * threads can capture at once; closing waits for them.
 */
public abstract class NativeSession implements ModelSession {
  private final ModelDescription model;
  private final ModelInputs inputs;
  private final CaptureMemory memory;
  private final EngineSettings settings;
  private final LayerThreads threads;

  /** Calls hold the read lock; closing waits for them, for they use the native memory. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * Starts a session.
   *
   * @param inputs texts and ids as the model takes them; closed with the session
   */
  protected NativeSession(
      ModelDescription model, ModelInputs inputs, CaptureMemory memory, EngineSettings settings) {
    this.model = model;
    this.inputs = inputs;
    this.memory = memory;
    this.settings = settings;
    this.threads = new LayerThreads(settings.nativeThreads());
  }

  /** Whether inputs of different lengths may be in one batch. */
  protected abstract boolean takesPadding();

  /**
   * Runs one batch.
   *
   * @param batch checked inputs, equally long if there is no padding
   * @param keeping what becomes of the attention of each layer of each input
   * @return one result per input, in order
   */
  protected abstract <L> List<InputRun<L>> run(
      List<TokenSequence> batch, CaptureRequest request, LayerKeeping<L> keeping);

  /** The logits of one checked input when no token attends to the given ones. */
  protected abstract float[] logits(TokenSequence input, BitSet unattended);

  /** Frees the native memory; called once, when nothing runs. */
  protected abstract void free();

  /** Checks an input before it reaches native code. */
  protected void check(TokenSequence input) {
    inputs.limits().check(input);
  }

  /** How many inputs of a length go into one native call. */
  protected int atOnce(int tokenCount, CaptureRequest request) {
    return memory.atOnce(tokenCount, settings.batchSize(), request);
  }

  /** Keeps every layer with all its heads. */
  protected final LayerKeeping<AttentionLayer> whole() {
    return LayerKeeping.whole(threads);
  }

  /** The settings the session was opened with. */
  protected final EngineSettings settings() {
    return settings;
  }

  @Override
  public final ModelDescription model() {
    return model;
  }

  @Override
  public final TokenSequence tokenize(String text) {
    return whileOpen(() -> inputs.tokenize(text));
  }

  @Override
  public final TokenSequence sequence(int[] ids) {
    return inputs.sequence(ids);
  }

  @Override
  public final List<float[]> logits(List<TokenSequence> inputs) {
    CaptureRequest nothing = new CaptureRequest(Target.predicted(), Set.of());
    return capture(inputs, nothing).stream().map(Capture::logits).toList();
  }

  /** One by one: the inputs that are asked for this way are few tokens of one text. */
  @Override
  public final List<float[]> logits(List<TokenSequence> inputs, List<BitSet> unattended) {
    String reason = lacks().get(Capability.ATTENTION_MASK);
    if (reason != null) {
      throw new UnusableInputException(
          "No token of the model " + model.name() + " can be masked: " + reason);
    }
    inputs.forEach(this::check);
    return whileOpen(
        () ->
            IntStream.range(0, inputs.size())
                .mapToObj(i -> logits(inputs.get(i), unattended.get(i)))
                .toList());
  }

  @Override
  public final List<Capture> capture(List<TokenSequence> inputs, CaptureRequest request) {
    return inBatches(inputs, request, batch -> run(batch, request, whole())).stream()
        .map(InputRun::capture)
        .toList();
  }

  @Override
  public final List<ReducedCapture> captureReduced(
      List<TokenSequence> inputs, CaptureRequest request, LayerReduction reduction) {
    LayerKeeping<Matrix> keeping = LayerKeeping.reduced(reduction::reduce, threads);
    return inBatches(inputs, request, batch -> run(batch, request, keeping)).stream()
        .map(InputRun::reduced)
        .toList();
  }

  /** Checks inputs and runs them in batches, with results in the order of the inputs. */
  protected final <R> List<R> inBatches(
      List<TokenSequence> inputs,
      CaptureRequest request,
      Function<List<TokenSequence>, List<R>> run) {
    inputs.forEach(this::check);
    return whileOpen(
        () -> Batches.apply(inputs, takesPadding(), longest -> atOnce(longest, request), run));
  }

  @Override
  public final long captureBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return memory.bytes(tokenCount, inputCount, settings.batchSize(), request);
  }

  @Override
  public final long captureReducedBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return memory.reducedBytes(tokenCount, inputCount, settings.batchSize(), request);
  }

  @Override
  public final void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        inputs.close();
        threads.close();
        free();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Calls something that uses native memory. */
  protected <R> R whileOpen(Supplier<R> call) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("The session of " + model.name() + " is closed.");
      }
      return call.get();
    } finally {
      lock.readLock().unlock();
    }
  }
}
