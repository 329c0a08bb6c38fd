package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Target;
import org.attentionflow.huggingface.ModelFolder;
import org.attentionflow.huggingface.session.InputRun;
import org.attentionflow.huggingface.session.KeptLayers;
import org.attentionflow.huggingface.session.LayerKeeping;
import org.attentionflow.huggingface.session.LayerSink;
import org.attentionflow.huggingface.session.PaddedInputs;
import org.attentionflow.token.TokenSequence;

/**
 * A classifier put together from the weights of a checkpoint.
 *
 * @param folder where it was read from
 * @param labels the names of the classes
 * @param recording makes what watches a forward pass
 */
record CheckpointModel(
    ModelFolder folder, EncoderClassifier network, List<String> labels, Recording recording)
    implements NativeModel {
  /** Makes what watches a forward pass. */
  interface Recording {
    Recorder start(CaptureRequest request, int[] lengths, NDManager manager, LayerSink sink);
  }

  /** The same model with forward passes watched otherwise. */
  CheckpointModel with(Recording other) {
    return new CheckpointModel(folder, network, labels, other);
  }

  /** The logits of one input when no token attends to the given ones. */
  float[] logits(TokenSequence input, BitSet unattended, NDManager manager) {
    CaptureRequest nothing = new CaptureRequest(Target.predicted(), Set.of());
    Recorder recorder =
        recording.start(
            nothing, new int[] {input.size()}, manager, (layer, at, length, attention) -> {});
    PaddedBatch batch = batch(List.of(input), unattended, manager);
    PtNDArray output = GradientMode.with(false, () -> network.logits(batch, recorder));
    return TargetPass.of(output, nothing, labels).logits().get(0);
  }

  private PaddedBatch batch(List<TokenSequence> inputs, BitSet unattended, NDManager manager) {
    return PaddedBatch.of(PaddedInputs.of(inputs, unattended, network.limits(), 0), manager);
  }

  @Override
  public boolean takesPadding() {
    return true;
  }

  @Override
  public void close() {
    // The weights belong to the session's manager.
  }

  @Override
  public <L> List<InputRun<L>> run(
      List<TokenSequence> inputs,
      CaptureRequest request,
      NDManager manager,
      LayerKeeping<L> keeping) {
    int[] lengths = inputs.stream().mapToInt(TokenSequence::size).toArray();
    KeptLayers<L> layers = new KeptLayers<>(inputs.size(), keeping);
    Recorder recorder = recording.start(request, lengths, manager, layers);
    return GradientMode.with(
        request.wantsGradients(),
        () -> {
          PaddedBatch batch = batch(inputs, new BitSet(), manager);
          TargetPass pass = TargetPass.of(network.logits(batch, recorder), request, labels);
          if (request.wantsGradients()) {
            pass.backward(manager);
            recorder.backward();
          }
          List<InputRun<L>> runs = new ArrayList<>();
          for (int b = 0; b < inputs.size(); b++) {
            runs.add(
                new InputRun<>(
                    inputs.get(b),
                    pass.logits().get(b),
                    pass.targets().get(b),
                    AttentionKind.ENCODER,
                    layers.ofInput(b),
                    recorder.vectors(b)));
          }
          return runs;
        });
  }
}
