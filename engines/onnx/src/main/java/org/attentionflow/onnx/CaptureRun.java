package org.attentionflow.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.LayerReduction;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.ReducedCapture;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.engine.Target;
import org.attentionflow.onnx.InstrumentedModel.Kind;
import org.attentionflow.onnx.graph.NativeRuntime;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * One run over one padded batch. What is differentiated is the sum of the inputs' targets: an
 * input's gradient does not depend on the others, because no input attends to another.
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

  /** The captures of the inputs of one batch, in order. */
  List<Capture> run(List<TokenSequence> inputs, CaptureRequest request) {
    return run(inputs, inputs.stream().map(input -> new BitSet()).toList(), request);
  }

  /**
   * The same when no token attends to some.
   *
   * @param unattended their indices, per input
   */
  List<Capture> run(List<TokenSequence> inputs, List<BitSet> unattended, CaptureRequest request) {
    return run(inputs, unattended, request, copy -> captures(inputs, request, copy));
  }

  /** The same with every layer reduced as it is copied, so that Java holds one layer at a time. */
  List<ReducedCapture> runReduced(
      List<TokenSequence> inputs, CaptureRequest request, LayerReduction reduction) {
    List<BitSet> unattended = inputs.stream().map(input -> new BitSet()).toList();
    return run(inputs, unattended, request, copy -> reduced(inputs, request, reduction, copy));
  }

  /** What becomes of the outputs of a run while they are there. */
  private interface Reading<R> {
    List<R> read(OutputCopy copy) throws OrtException;
  }

  private <R> List<R> run(
      List<TokenSequence> inputs,
      List<BitSet> unattended,
      CaptureRequest request,
      Reading<R> reading) {
    PaddedBatch batch =
        new PaddedBatch(inputs, unattended, opened.inputs().limits(), opened.fixedTokens());
    Map<String, OnnxTensor> feed = new HashMap<>();
    try {
      batch.addTo(feed, opened.classifier().roles());
      if (request.wantsGradients()) {
        addTarget(feed, request.target(), inputs.size());
      }
      try (OrtSession.Result result = graph.session().run(feed, outputs(request))) {
        return reading.read(new OutputCopy(result, batch.lengths()));
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
    int classCount = classCount();
    FloatBuffer direction = FloatBuffer.allocate(count * classCount);
    boolean isPredicted = target instanceof Target.Predicted;
    if (!isPredicted) {
      // The classes do not depend on the logits but for the predicted one.
      ResolvedTarget resolved = target.resolve(new float[classCount], labels);
      for (int b = 0; b < count; b++) {
        direction.put(b * classCount + resolved.index(), 1);
        if (resolved.isContrast()) {
          direction.put(b * classCount + resolved.against(), -1);
        }
      }
    }
    Cotangent cotangent = graph.model().cotangent();
    feed.put(
        cotangent.logits(),
        OnnxTensor.createTensor(environment, direction, new long[] {count, classCount}));
    FloatBuffer predicted = FloatBuffer.wrap(new float[] {isPredicted ? 1 : 0});
    feed.put(
        cotangent.predicted(), OnnxTensor.createTensor(environment, predicted, new long[] {1}));
  }

  private int classCount() {
    long known = opened.classifier().logits().shape().orElseThrow().number(1);
    return known > 0 ? (int) known : labels.size();
  }

  private Set<String> outputs(CaptureRequest request) {
    Set<String> names = new LinkedHashSet<>(Set.of(logitsName()));
    for (Kind kind : Kind.values()) {
      if (wants(request, kind)) {
        names.addAll(graph.model().outputs().getOrDefault(kind, List.of()));
      }
      if (wantsGradient(request, kind)) {
        names.addAll(graph.model().gradients().getOrDefault(kind, List.of()));
      }
    }
    return names;
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

  private List<Capture> captures(
      List<TokenSequence> inputs, CaptureRequest request, OutputCopy copy) throws OrtException {
    List<float[]> logits = logits(copy);
    List<ResolvedTarget> targets = targets(logits, request);
    List<List<AttentionLayer>> attention = layers(request, copy, layer -> layer);
    Map<Kind, List<List<FloatTensor>>> vectors = new EnumMap<>(Kind.class);
    Map<Kind, List<List<FloatTensor>>> slopes = new EnumMap<>(Kind.class);
    for (Kind kind : List.of(Kind.HIDDEN_STATE, Kind.EMBEDDING)) {
      vectors.put(kind, vectors(wants(request, kind), graph.model().outputs().get(kind), copy));
      slopes.put(
          kind, vectors(wantsGradient(request, kind), graph.model().gradients().get(kind), copy));
    }
    List<Capture> captures = new ArrayList<>();
    for (int b = 0; b < inputs.size(); b++) {
      Map<AttentionKind, List<AttentionLayer>> layers = new EnumMap<>(AttentionKind.class);
      if (!attention.isEmpty()) {
        layers.put(AttentionKind.ENCODER, ofInput(attention, b));
      }
      captures.add(
          new Capture(
              inputs.get(b),
              null,
              logits.get(b),
              targets.get(b),
              layers,
              ofInput(vectors.getOrDefault(Kind.HIDDEN_STATE, List.of()), b),
              ofInput(slopes.getOrDefault(Kind.HIDDEN_STATE, List.of()), b),
              first(ofInput(vectors.getOrDefault(Kind.EMBEDDING, List.of()), b)),
              first(ofInput(slopes.getOrDefault(Kind.EMBEDDING, List.of()), b))));
    }
    return captures;
  }

  private List<ReducedCapture> reduced(
      List<TokenSequence> inputs, CaptureRequest request, LayerReduction reduction, OutputCopy copy)
      throws OrtException {
    List<float[]> logits = logits(copy);
    List<ResolvedTarget> targets = targets(logits, request);
    List<List<Matrix>> matrices = layers(request, copy, reduction::reduce);
    List<ReducedCapture> captures = new ArrayList<>();
    for (int b = 0; b < inputs.size(); b++) {
      Map<AttentionKind, List<Matrix>> layers =
          matrices.isEmpty() ? Map.of() : Map.of(AttentionKind.ENCODER, ofInput(matrices, b));
      captures.add(new ReducedCapture(inputs.get(b), null, logits.get(b), targets.get(b), layers));
    }
    return captures;
  }

  private List<float[]> logits(OutputCopy copy) throws OrtException {
    List<float[]> logits = copy.rows(logitsName());
    for (float[] row : logits) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          throw OnnxSession.notFinite(row);
        }
      }
    }
    return logits;
  }

  private List<ResolvedTarget> targets(List<float[]> logits, CaptureRequest request) {
    return logits.stream().map(row -> request.target().resolve(row, labels)).toList();
  }

  /** What is kept of each layer and input, [layer][input]; empty if no attention is wanted. */
  private <L> List<List<L>> layers(
      CaptureRequest request, OutputCopy copy, Function<AttentionLayer, L> keep)
      throws OrtException {
    if (!wants(request, Kind.ATTENTION)) {
      return List.of();
    }
    List<String> names = graph.model().outputs().getOrDefault(Kind.ATTENTION, List.of());
    List<String> slopes =
        wantsGradient(request, Kind.ATTENTION)
            ? graph.model().gradients().getOrDefault(Kind.ATTENTION, List.of())
            : List.of();
    List<List<L>> layers = new ArrayList<>();
    for (int layer = 0; layer < names.size(); layer++) {
      List<FloatTensor> attention = copy.attention(names.get(layer));
      List<FloatTensor> gradients =
          slopes.isEmpty() ? List.of() : copy.attention(slopes.get(layer));
      List<L> kept = new ArrayList<>();
      for (int b = 0; b < attention.size(); b++) {
        FloatTensor values = attention.get(b);
        kept.add(
            keep.apply(
                gradients.isEmpty()
                    ? AttentionLayer.of(values)
                    : AttentionLayer.of(values, gradients.get(b))));
      }
      layers.add(kept);
    }
    return layers;
  }

  private static List<List<FloatTensor>> vectors(
      boolean wanted, @Nullable List<String> names, OutputCopy copy) throws OrtException {
    List<List<FloatTensor>> vectors = new ArrayList<>();
    if (wanted && names != null) {
      for (String name : names) {
        vectors.add(copy.vectors(name));
      }
    }
    return vectors;
  }

  private static <L> List<L> ofInput(List<List<L>> layers, int input) {
    return layers.stream().map(layer -> layer.get(input)).toList();
  }

  private static @Nullable FloatTensor first(List<FloatTensor> tensors) {
    return tensors.isEmpty() ? null : tensors.get(0);
  }
}
