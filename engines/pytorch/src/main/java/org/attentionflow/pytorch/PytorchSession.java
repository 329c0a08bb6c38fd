package org.attentionflow.pytorch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.attentionflow.engine.EmbeddedInput;
import org.attentionflow.engine.EncoderWeights;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.LayerReduction;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.ReducedCapture;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.Batches;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

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

  private final Object weightLock = new Object();

  /** A copy in Java memory, made when it is asked for. */
  private @Nullable EncoderWeights weights;

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

  /** One by one: the inputs that are asked for this way are few tokens of one text. */
  @Override
  public List<float[]> logits(List<TokenSequence> inputs, List<BitSet> unattended) {
    CheckpointModel checkpoint = checkpoint(Capability.ATTENTION_MASK);
    inputs.forEach(opened.inputs().limits()::check);
    return whileOpen(
        () -> {
          JniUtils.setNumThreads(settings.nativeThreads());
          return IntStream.range(0, inputs.size())
              .mapToObj(
                  i -> {
                    try (NDManager batch = manager.newSubManager()) {
                      return checkpoint.logits(inputs.get(i), unattended.get(i), batch);
                    }
                  })
              .toList();
        });
  }

  @Override
  public ModelSession withRandomWeights(int depth, long seed) {
    CheckpointModel checkpoint = checkpoint(Capability.RANDOM_WEIGHTS);
    ModelConfig config = checkpoint.folder().config();
    RandomWeights random = RandomWeights.of(config, model().layerCount(), depth, seed);
    return PytorchEngine.openSession(checkpoint.folder(), config, settings, random);
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

  /** One by one: each input has embeddings of its own. */
  @Override
  public List<Capture> captureEmbedded(List<EmbeddedInput> inputs, CaptureRequest request) {
    CheckpointModel checkpoint = checkpoint(Capability.EMBEDDING_INPUT);
    List<Capture> captures = new ArrayList<>();
    for (EmbeddedInput input : inputs) {
      CheckpointModel embedded =
          checkpoint.with(
              (wanted, lengths, parent, sink) ->
                  new EmbeddedRecorder(wanted, lengths, parent, sink, input.embeddings()));
      captures.addAll(capture(embedded, List.of(input.tokens()), request));
    }
    return captures;
  }

  @Override
  public EncoderWeights encoderWeights() {
    CheckpointModel checkpoint = checkpoint(Capability.ENCODER_WEIGHTS);
    return whileOpen(
        () -> {
          synchronized (weightLock) {
            EncoderWeights copy = weights;
            if (copy == null) {
              copy = WeightCopy.of(checkpoint.network());
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
  public long captureReducedBytes(int tokenCount, int inputCount, CaptureRequest request) {
    return opened.memory().reducedBytes(tokenCount, inputCount, settings.batchSize(), request);
  }

  @Override
  public Map<String, String> digests() {
    return opened.digests().get();
  }

  /** The model, if it is a checkpoint: archives are run as they are. */
  private CheckpointModel checkpoint(Capability needed) {
    if (opened.network() instanceof CheckpointModel checkpoint) {
      return checkpoint;
    }
    throw new UnusableInputException(
        ("The TorchScript archive " + model().name() + " lacks ")
            + (needed.name().toLowerCase(Locale.ROOT).replace('_', '-') + ". Maybe use the Hugging")
            + " Face folder it was exported from.");
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
