package org.attentionflow.pytorch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.LayerReduction;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.ReducedCapture;
import org.attentionflow.engine.Target;
import org.attentionflow.huggingface.Batches;
import org.attentionflow.token.TokenSequence;

/**
 * A model in native memory. Several threads can capture at once: every call has its own native
 * arrays, and the weights are only read.
 *
 * <p>The number of native threads is a setting of the whole process in part of PyTorch; sessions
 * with different numbers at work at the same time may get each other's.
 */
final class PytorchSession implements ModelSession {
  private final OpenModel opened;
  private final EngineSettings settings;
  private final NDManager manager;

  /** Calls hold the read lock; closing waits for them, for they use the native memory. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  PytorchSession(OpenModel opened, EngineSettings settings, NDManager manager) {
    this.opened = opened;
    this.settings = settings;
    this.manager = manager;
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

  @Override
  public List<Capture> capture(List<TokenSequence> inputs, CaptureRequest request) {
    return capture(opened.network(), inputs, request);
  }

  /** The same by a variant of the model. */
  List<Capture> capture(NativeModel variant, List<TokenSequence> inputs, CaptureRequest request) {
    return run(variant, inputs, request, Function.identity()).stream()
        .map(InputRun::capture)
        .toList();
  }

  @Override
  public List<ReducedCapture> captureReduced(
      List<TokenSequence> inputs, CaptureRequest request, LayerReduction reduction) {
    return run(opened.network(), inputs, request, reduction::reduce).stream()
        .map(InputRun::reduced)
        .toList();
  }

  private <L> List<InputRun<L>> run(
      NativeModel model,
      List<TokenSequence> inputs,
      CaptureRequest request,
      Function<AttentionLayer, L> keep) {
    inputs.forEach(opened.inputs().limits()::check);
    return whileOpen(
        () -> {
          JniUtils.setNumThreads(settings.nativeThreads());
          return Batches.apply(
              inputs,
              model.takesPadding(),
              longest -> opened.memory().atOnce(longest, settings.batchSize(), request),
              batch -> {
                try (NDManager batchManager = manager.newSubManager()) {
                  return model.run(batch, request, batchManager, keep);
                }
              });
        });
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
    return opened.digests().get();
  }

  /** The model, for tests that run variants of it. */
  NativeModel network() {
    return opened.network();
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        opened.inputs().close();
        opened.network().close();
        manager.close();
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
    } catch (EngineException failure) {
      throw NativeFailure.of(failure);
    } finally {
      lock.readLock().unlock();
    }
  }
}
