package org.attentionflow.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.engine.Target;
import org.attentionflow.huggingface.session.CapturedVectors;
import org.attentionflow.huggingface.session.InputRun;
import org.attentionflow.huggingface.session.KeptLayers;
import org.attentionflow.huggingface.session.LayerKeeping;
import org.attentionflow.huggingface.session.Logits;
import org.attentionflow.huggingface.session.PaddedInputs;
import org.attentionflow.onnx.InstrumentedModel.Kind;
import org.attentionflow.onnx.graph.NativeRuntime;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.token.TokenSequence;

/**
 * One run over one padded batch. What is differentiated is the sum of the inputs' targets; see
 * {@link Logits}.
 */
final class CaptureRun {
  private final OpenModel opened;
  private final LoadedGraph graph;
  private final List<String> labels;

  CaptureRun(OpenModel opened, LoadedGraph graph, List<String> labels) {
    this.opened = opened;
    this.graph = graph;
    this.labels = labels;
  }

  /**
   * What the run shows on each input, in order.
   *
   * @param unattended the tokens that no token attends to, the same for every input
   * @param keeping what becomes of the attention of each layer
   */
  <L> List<InputRun<L>> run(
      List<TokenSequence> inputs,
      BitSet unattended,
      CaptureRequest request,
      LayerKeeping<L> keeping) {
    int width = Math.max(opened.fixedTokens(), PaddedInputs.longest(inputs));
    PaddedInputs padded =
        new PaddedInputs(inputs, unattended, opened.inputs().limits(), 0, inputs.size(), width);
    Map<String, OnnxTensor> feed = new HashMap<>();
    try {
      new PaddedBatch(padded).addTo(feed, opened.classifier().roles());
      if (request.wantsGradients()) {
        addTarget(feed, request.target(), inputs.size());
      }
      try (OrtSession.Result result = graph.session().run(feed, outputs(request))) {
        return read(inputs, request, keeping, new OutputCopy(result, padded.lengths()));
      }
    } catch (OrtException failure) {
      throw NativeRuntime.failure("ONNX Runtime cannot run the model", failure);
    } finally {
      feed.values().forEach(OnnxTensor::close);
    }
  }

  /** d Σ_b y_b / d logits: 1 for each target's class, -1 for the one it is contrasted with. */
  private void addTarget(Map<String, OnnxTensor> feed, Target target, int count)
      throws OrtException {
    OrtEnvironment environment = NativeRuntime.environment();
    int classCount = labels.size();
    boolean isPredicted = target instanceof Target.Predicted;
    // The classes do not depend on the logits but for the predicted one.
    List<ResolvedTarget> targets =
        isPredicted
            ? List.of()
            : Collections.nCopies(count, target.resolve(new float[classCount], labels));
    FloatBuffer direction = FloatBuffer.wrap(Logits.direction(targets, count, classCount));
    Cotangent cotangent = graph.model().cotangent();
    feed.put(
        cotangent.logits(),
        OnnxTensor.createTensor(environment, direction, new long[] {count, classCount}));
    FloatBuffer predicted = FloatBuffer.wrap(new float[] {isPredicted ? 1 : 0});
    feed.put(
        cotangent.predicted(), OnnxTensor.createTensor(environment, predicted, new long[] {1}));
  }

  private Set<String> outputs(CaptureRequest request) {
    Set<String> names = new LinkedHashSet<>(Set.of(logitsName()));
    for (Kind kind : Kind.values()) {
      names.addAll(values(request, kind));
      names.addAll(gradients(request, kind));
    }
    return names;
  }

  /** The outputs of a kind; none if they are not asked for. */
  private List<String> values(CaptureRequest request, Kind kind) {
    return wants(request, kind) ? graph.model().outputs().getOrDefault(kind, List.of()) : List.of();
  }

  private List<String> gradients(CaptureRequest request, Kind kind) {
    return wantsGradient(request, kind)
        ? graph.model().gradients().getOrDefault(kind, List.of())
        : List.of();
  }

  private String logitsName() {
    return opened.classifier().logits().name();
  }

  private static boolean wants(CaptureRequest request, Kind kind) {
    return switch (kind) {
      case ATTENTION ->
          request.wants(Quantity.ATTENTION) || request.wants(Quantity.ATTENTION_GRADIENT);
      case HIDDEN_STATE -> request.wants(Quantity.HIDDEN_STATES);
      case EMBEDDING -> request.wants(Quantity.EMBEDDING);
    };
  }

  private static boolean wantsGradient(CaptureRequest request, Kind kind) {
    return switch (kind) {
      case ATTENTION -> request.wants(Quantity.ATTENTION_GRADIENT);
      case HIDDEN_STATE -> request.wants(Quantity.HIDDEN_STATE_GRADIENT);
      case EMBEDDING -> request.wants(Quantity.EMBEDDING_GRADIENT);
    };
  }

  private <L> List<InputRun<L>> read(
      List<TokenSequence> inputs,
      CaptureRequest request,
      LayerKeeping<L> keeping,
      OutputCopy copy) {
    List<float[]> logits = Logits.finite(copy.rows(logitsName()));
    List<ResolvedTarget> targets = Logits.targets(logits, request.target(), labels);
    KeptLayers<L> layers = new KeptLayers<>(inputs.size(), keeping);
    List<String> attention = values(request, Kind.ATTENTION);
    List<String> slopes = gradients(request, Kind.ATTENTION);
    for (int layer = 0; layer < attention.size(); layer++) {
      layers.accept(
          layer,
          copy.attention(attention.get(layer)),
          slopes.isEmpty() ? List.of() : copy.attention(slopes.get(layer)));
    }
    List<List<FloatTensor>> states = copy.vectors(values(request, Kind.HIDDEN_STATE));
    List<List<FloatTensor>> stateSlopes = copy.vectors(gradients(request, Kind.HIDDEN_STATE));
    List<List<FloatTensor>> words = copy.vectors(values(request, Kind.EMBEDDING));
    List<List<FloatTensor>> wordSlopes = copy.vectors(gradients(request, Kind.EMBEDDING));
    List<InputRun<L>> runs = new ArrayList<>();
    for (int b = 0; b < inputs.size(); b++) {
      runs.add(
          new InputRun<>(
              inputs.get(b),
              logits.get(b),
              targets.get(b),
              AttentionKind.ENCODER,
              layers.ofInput(b),
              CapturedVectors.of(b, states, stateSlopes, words, wordSlopes)));
    }
    return runs;
  }
}
