package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * One forward and, if gradients are wanted, one backward pass over one padded batch. The scalar
 * that is differentiated is the sum of the inputs' targets: an input's gradient does not depend on
 * the others, because no input attends to another.
 */
final class CaptureRun {
  /** Makes what watches a forward pass. */
  interface Recording {
    Recorder start(CaptureRequest request, int[] lengths, NDManager manager);
  }

  private final EncoderClassifier network;
  private final List<String> labels;
  private final NDManager parent;
  private final Recording recording;

  CaptureRun(
      EncoderClassifier network, List<String> labels, NDManager parent, Recording recording) {
    this.network = network;
    this.labels = labels;
    this.parent = parent;
    this.recording = recording;
  }

  /** The captures of the inputs of one batch, in order. */
  List<Capture> run(List<TokenSequence> inputs, CaptureRequest request) {
    int[] lengths = inputs.stream().mapToInt(TokenSequence::size).toArray();
    try (NDManager manager = parent.newSubManager()) {
      Recorder recorder = recording.start(request, lengths, manager);
      return GradientMode.with(
          request.wantsGradients(), () -> run(inputs, request, recorder, manager));
    }
  }

  /** The logits of one input when no token attends to the given ones. */
  float[] logits(TokenSequence input, BitSet unattended) {
    CaptureRequest nothing = new CaptureRequest(Target.predicted(), Set.of());
    try (NDManager manager = parent.newSubManager()) {
      Recorder recorder = recording.start(nothing, new int[] {input.size()}, manager);
      PaddedBatch batch = PaddedBatch.of(input, unattended, network.limits(), manager);
      return GradientMode.with(false, () -> rows(network.logits(batch, recorder)).get(0));
    }
  }

  private List<Capture> run(
      List<TokenSequence> inputs, CaptureRequest request, Recorder recorder, NDManager manager) {
    PaddedBatch batch = PaddedBatch.of(inputs, network.limits(), manager);
    PtNDArray output = network.logits(batch, recorder);
    List<float[]> logits = rows(output);
    List<ResolvedTarget> targets =
        logits.stream().map(row -> request.target().resolve(row, labels)).toList();
    if (request.wantsGradients()) {
      // d Σ_b y_b / d logits: 1 for each target's class, -1 for the one it is contrasted with.
      JniUtils.backward(output, direction(targets, output.getShape(), manager), false, false);
    }
    return captures(inputs, logits, targets, recorder);
  }

  private static PtNDArray direction(List<ResolvedTarget> targets, Shape shape, NDManager manager) {
    int classCount = (int) shape.get(1);
    float[] direction = new float[targets.size() * classCount];
    for (int b = 0; b < targets.size(); b++) {
      ResolvedTarget target = targets.get(b);
      direction[b * classCount + target.index()] = 1;
      if (target.isContrast()) {
        direction[b * classCount + target.against()] = -1;
      }
    }
    return (PtNDArray) manager.create(direction, shape);
  }

  private static List<float[]> rows(PtNDArray output) {
    float[] values = output.toFloatArray();
    int classCount = (int) output.getShape().get(1);
    List<float[]> rows = new ArrayList<>();
    for (int from = 0; from < values.length; from += classCount) {
      float[] row = Arrays.copyOfRange(values, from, from + classCount);
      for (float value : row) {
        if (!Float.isFinite(value)) {
          throw new UnusableInputException(
              ("The model's logits are " + Arrays.toString(row) + ", not finite numbers.")
                  + " Maybe the weights are damaged, or overflowed when they were converted.");
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<Capture> captures(
      List<TokenSequence> inputs,
      List<float[]> logits,
      List<ResolvedTarget> targets,
      Recorder recorder) {
    List<List<FloatTensor>> attention = recorder.attention();
    List<List<FloatTensor>> gradients = recorder.attentionGradients();
    List<List<FloatTensor>> hiddenGradients = recorder.hiddenStateGradients();
    List<List<FloatTensor>> embeddingGradients = recorder.embeddingGradients();
    List<Capture> captures = new ArrayList<>();
    for (int b = 0; b < inputs.size(); b++) {
      Map<AttentionKind, List<AttentionLayer>> layers = new EnumMap<>(AttentionKind.class);
      if (!attention.isEmpty()) {
        layers.put(AttentionKind.ENCODER, layers(attention, gradients, b));
      }
      captures.add(
          new Capture(
              inputs.get(b),
              null,
              logits.get(b),
              targets.get(b),
              layers,
              ofInput(recorder.hiddenStates(), b),
              ofInput(hiddenGradients, b),
              firstOf(recorder.embeddings(), b),
              firstOf(embeddingGradients, b)));
    }
    return captures;
  }

  private static List<AttentionLayer> layers(
      List<List<FloatTensor>> attention, List<List<FloatTensor>> gradients, int input) {
    List<AttentionLayer> layers = new ArrayList<>();
    for (int layer = 0; layer < attention.size(); layer++) {
      FloatTensor values = attention.get(layer).get(input);
      layers.add(
          gradients.isEmpty()
              ? AttentionLayer.of(values)
              : AttentionLayer.of(values, gradients.get(layer).get(input)));
    }
    return layers;
  }

  private static List<FloatTensor> ofInput(List<List<FloatTensor>> layers, int input) {
    return layers.stream().map(layer -> layer.get(input)).toList();
  }

  private static @Nullable FloatTensor firstOf(List<List<FloatTensor>> tensors, int input) {
    return tensors.isEmpty() ? null : tensors.get(0).get(input);
  }
}
