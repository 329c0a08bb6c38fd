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
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.engine.Target;
import org.attentionflow.onnx.InstrumentedModel.Kind;
import org.attentionflow.onnx.graph.NativeRuntime;
import org.attentionflow.tensor.FloatTensor;
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
    PaddedBatch batch =
        new PaddedBatch(inputs, unattended, opened.inputs().limits(), opened.fixedTokens());
    Map<String, OnnxTensor> feed = new HashMap<>();
    try {
      batch.addTo(feed, opened.classifier().roles());
      if (request.wantsGradients()) {
        addTarget(feed, request.target(), inputs.size());
      }
      try (OrtSession.Result result = graph.session().run(feed, outputs(request))) {
        return captures(inputs, request, new OutputCopy(result, batch.lengths()));
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
    List<float[]> logits = copy.rows(logitsName());
    List<ResolvedTarget> targets = new ArrayList<>();
    for (float[] row : logits) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          throw OnnxSession.notFinite(row);
        }
      }
      targets.add(request.target().resolve(row, labels));
    }
    List<List<FloatTensor>> attention = new ArrayList<>();
    List<List<FloatTensor>> gradients = new ArrayList<>();
    if (wants(request, Kind.ATTENTION)) {
      for (String name : graph.model().outputs().getOrDefault(Kind.ATTENTION, List.of())) {
        attention.add(copy.attention(name));
      }
    }
    if (wantsGradient(request, Kind.ATTENTION)) {
      for (String name : graph.model().gradients().getOrDefault(Kind.ATTENTION, List.of())) {
        gradients.add(copy.attention(name));
      }
    }
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
        layers.put(AttentionKind.ENCODER, layers(attention, gradients, b));
      }
      captures.add(
          new Capture(
              inputs.get(b),
              null,
              logits.get(b),
              targets.get(b),
              layers,
              ofInput(vectors, Kind.HIDDEN_STATE, b),
              ofInput(slopes, Kind.HIDDEN_STATE, b),
              first(ofInput(vectors, Kind.EMBEDDING, b)),
              first(ofInput(slopes, Kind.EMBEDDING, b))));
    }
    return captures;
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

  private static List<FloatTensor> ofInput(
      Map<Kind, List<List<FloatTensor>>> tensors, Kind kind, int input) {
    return tensors.getOrDefault(kind, List.of()).stream().map(layer -> layer.get(input)).toList();
  }

  private static @Nullable FloatTensor first(List<FloatTensor> tensors) {
    return tensors.isEmpty() ? null : tensors.get(0);
  }
}
