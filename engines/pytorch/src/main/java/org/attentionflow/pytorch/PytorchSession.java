package org.attentionflow.pytorch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EmbeddedInput;
import org.attentionflow.engine.EncoderWeights;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.session.InputRun;
import org.attentionflow.huggingface.session.LayerKeeping;
import org.attentionflow.huggingface.session.NativeSession;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * A model in native memory. Several threads can capture at once: every call has its own native
 * arrays, and the weights are only read.
 *
 * <p>The number of native threads is a setting of the whole process in part of PyTorch; sessions
 * with different numbers at work at the same time may get each other's.
 */
final class PytorchSession extends NativeSession {
  private final OpenModel opened;
  private final NDManager manager;
  private final Object weightLock = new Object();

  /** A copy in Java memory, made when it is asked for. */
  private @Nullable EncoderWeights weights;

  PytorchSession(OpenModel opened, EngineSettings settings, NDManager manager) {
    super(opened.description(), opened.inputs(), opened.memory(), settings);
    this.opened = opened;
    this.manager = manager;
  }

  @Override
  protected boolean takesPadding() {
    return opened.network().takesPadding();
  }

  @Override
  protected <L> List<InputRun<L>> run(
      List<TokenSequence> batch, CaptureRequest request, LayerKeeping<L> keeping) {
    return run(opened.network(), batch, request, keeping);
  }

  private <L> List<InputRun<L>> run(
      NativeModel model,
      List<TokenSequence> batch,
      CaptureRequest request,
      LayerKeeping<L> keeping) {
    JniUtils.setNumThreads(settings().nativeThreads());
    try (NDManager batchManager = manager.newSubManager()) {
      return model.run(batch, request, batchManager, keeping);
    }
  }

  @Override
  protected float[] logits(TokenSequence input, BitSet unattended) {
    CheckpointModel checkpoint = checkpoint(Capability.ATTENTION_MASK);
    JniUtils.setNumThreads(settings().nativeThreads());
    try (NDManager batch = manager.newSubManager()) {
      return checkpoint.logits(input, unattended, batch);
    }
  }

  @Override
  public ModelSession withRandomWeights(int depth, long seed) {
    CheckpointModel checkpoint = checkpoint(Capability.RANDOM_WEIGHTS);
    ModelConfig config = checkpoint.folder().config();
    RandomWeights random = RandomWeights.of(config, model().layerCount(), depth, seed);
    return PytorchEngine.openSession(checkpoint.folder(), config, settings(), random);
  }

  /** Captures by a variant of the model. */
  List<Capture> capture(NativeModel variant, List<TokenSequence> inputs, CaptureRequest request) {
    return inBatches(inputs, request, batch -> run(variant, batch, request, whole())).stream()
        .map(InputRun::capture)
        .toList();
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
  public Map<String, String> digests() {
    return opened.digests().get();
  }

  @Override
  public List<String> attentionReasons() {
    return opened.reasons();
  }

  /** The model, if it is a checkpoint: archives are run as they are. */
  private CheckpointModel checkpoint(Capability needed) {
    if (opened.network() instanceof CheckpointModel checkpoint) {
      return checkpoint;
    }
    throw new UnusableInputException(
        ("The TorchScript archive " + model().name() + " lacks ")
            + (needed.words() + ". Maybe use the Hugging")
            + " Face folder it was exported from.");
  }

  /** The model, for tests that run variants of it. */
  NativeModel network() {
    return opened.network();
  }

  @Override
  protected void free() {
    opened.network().close();
    manager.close();
  }

  @Override
  protected <R> R whileOpen(Supplier<R> call) {
    try {
      return super.whileOpen(call);
    } catch (EngineException failure) {
      throw NativeFailure.of("Running the model " + model().name(), failure);
    }
  }
}
