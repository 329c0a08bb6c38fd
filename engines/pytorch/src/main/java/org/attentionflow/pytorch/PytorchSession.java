package org.attentionflow.pytorch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EmbeddedInput;
import org.attentionflow.engine.EncoderWeights;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Target;
import org.attentionflow.huggingface.Batches;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.ModelFolder;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * A sequence classifier in native memory. Several threads can capture at once: every call has its
 * own native arrays and probes, and the weights are only read.
 *
 * <p>The number of native threads is a setting of the whole process in part of PyTorch; sessions
 * with different numbers at work at the same time may get each other's.
 */
final class PytorchSession implements ModelSession {
  private final ModelFolder folder;
  private final OpenModel opened;
  private final EngineSettings settings;
  private final NDManager manager;

  /** Calls hold the read lock; closing waits for them, for they use the native memory. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  private final Object weightLock = new Object();

  /** A copy in Java memory, made when it is asked for. */
  private @Nullable EncoderWeights weights;

  PytorchSession(ModelFolder folder, OpenModel opened, EngineSettings settings, NDManager manager) {
    this.folder = folder;
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

  /** One by one: the inputs that are asked for this way are few tokens of one text. */
  @Override
  public List<float[]> logits(List<TokenSequence> inputs, List<BitSet> unattended) {
    inputs.forEach(opened.network().limits()::check);
    return whileOpen(
        () -> {
          JniUtils.setNumThreads(settings.nativeThreads());
          CaptureRun run =
              new CaptureRun(opened.network(), model().labels(), manager, Recorder::new);
          return IntStream.range(0, inputs.size())
              .mapToObj(i -> run.logits(inputs.get(i), unattended.get(i)))
              .toList();
        });
  }

  @Override
  public ModelSession withRandomWeights(int depth, long seed) {
    ModelConfig config = folder.config();
    RandomWeights random = RandomWeights.of(config, model().layerCount(), depth, seed);
    return PytorchEngine.openSession(folder, config, settings, random);
  }

  @Override
  public List<Capture> capture(List<TokenSequence> inputs, CaptureRequest request) {
    return capture(inputs, request, Recorder::new);
  }

  /** The same, watched by recorders of the caller's. */
  List<Capture> capture(
      List<TokenSequence> inputs, CaptureRequest request, CaptureRun.Recording recording) {
    inputs.forEach(opened.network().limits()::check);
    return whileOpen(
        () -> {
          JniUtils.setNumThreads(settings.nativeThreads());
          CaptureRun run = new CaptureRun(opened.network(), model().labels(), manager, recording);
          return Batches.apply(
              inputs,
              longest -> opened.memory().atOnce(longest, settings.batchSize(), request),
              batch -> run.run(batch, request));
        });
  }

  /** One by one: each input has embeddings of its own. */
  @Override
  public List<Capture> captureEmbedded(List<EmbeddedInput> inputs, CaptureRequest request) {
    List<Capture> captures = new ArrayList<>();
    for (EmbeddedInput input : inputs) {
      captures.addAll(
          capture(
              List.of(input.tokens()),
              request,
              (wanted, lengths, parent) ->
                  new EmbeddedRecorder(wanted, lengths, parent, input.embeddings())));
    }
    return captures;
  }

  @Override
  public EncoderWeights encoderWeights() {
    return whileOpen(
        () -> {
          synchronized (weightLock) {
            EncoderWeights copy = weights;
            if (copy == null) {
              copy = WeightCopy.of(opened.network());
              weights = copy;
            }
            return copy;
          }
        });
  }

  @Override
  public long captureBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return opened.memory().bytes(tokenCount, inputCount, settings.batchSize(), request);
  }

  @Override
  public Map<String, String> digests() {
    return folder.digests(WeightFiles.of(folder));
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        opened.inputs().close();
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
