package org.attentionflow.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
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
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Captures of padded batches. The scalar that is differentiated is the sum of the inputs' targets:
 * an input's gradient does not depend on the others, because no input attends to another.
 */
final class CaptureRun {
  /**
   * Further tensors to feed in place of what the graph computes, by name; tests move single
   * elements of the attention so.
   */
  interface Replacement {
    /** The tensors to feed in a run. */
    Map<TensorName, Tensor> tensors();
  }

  private final NativeGraph graph;
  private final List<String> labels;
  private final OptionalInt classCount;
  private final int paddingId;

  /**
   * Prepares runs of a graph.
   *
   * @param labels the names of the classes
   * @param classCount the number of logits, if it is known before the first run
   * @param paddingId the id that stands where an input has ended
   */
  CaptureRun(NativeGraph graph, List<String> labels, OptionalInt classCount, int paddingId) {
    this.graph = graph;
    this.labels = labels;
    this.classCount = classCount;
    this.paddingId = paddingId;
  }

  /** The captures of the inputs of one batch, in order. */
  List<Capture> run(List<TokenSequence> inputs, CaptureRequest request) {
    return run(inputs, request, Map::of);
  }

  /** The same with some tensors replaced. */
  List<Capture> run(List<TokenSequence> inputs, CaptureRequest request, Replacement replaced) {
    return run(inputs, request, replaced, reading -> captures(inputs, request, reading));
  }

  /** The same with every layer reduced as it is copied, so that Java holds one layer at a time. */
  List<ReducedCapture> runReduced(
      List<TokenSequence> inputs, CaptureRequest request, LayerReduction reduction) {
    return run(inputs, request, Map::of, reading -> reduced(inputs, request, reduction, reading));
  }

  private <R> List<R> run(
      List<TokenSequence> inputs,
      CaptureRequest request,
      Replacement replaced,
      Function<Reading, List<R>> read) {
    if (!request.wantsGradients()) {
      return run(inputs, request, null, replaced, read);
    }
    if (request.target() instanceof Target.Predicted) {
      // One run predicts and differentiates. With two equal logits, Java's choice decides.
      List<R> captures = run(inputs, request, null, replaced, read);
      if (!captures.isEmpty()) {
        return captures;
      }
    }
    return run(inputs, request, targets(inputs, request, replaced), replaced, read);
  }

  /** The targets, from the number of classes alone if that is enough. */
  private List<ResolvedTarget> targets(
      List<TokenSequence> inputs, CaptureRequest request, Replacement replaced) {
    boolean named =
        request.target() instanceof Target.Index || request.target() instanceof Target.Label;
    if (named && classCount.isPresent()) {
      ResolvedTarget target = request.target().resolve(new float[classCount.getAsInt()], labels);
      return inputs.stream().map(input -> target).toList();
    }
    CaptureRequest logitsOnly = new CaptureRequest(request.target(), Set.of());
    return run(inputs, logitsOnly, null, replaced, Reading::targets);
  }

  /**
   * One run of the graph.
   *
   * @param targets what to differentiate; null for the largest logit of each input
   * @return nothing if the graph took another class for the largest than Java does
   */
  private <R> List<R> run(
      List<TokenSequence> inputs,
      CaptureRequest request,
      @Nullable List<ResolvedTarget> targets,
      Replacement replaced,
      Function<Reading, List<R>> read) {
    int[] lengths = inputs.stream().mapToInt(TokenSequence::size).toArray();
    List<TensorName> fetches = fetches(request);
    try (InputBatch batch = new InputBatch(inputs, graph.plan().signature(), paddingId);
        TBool useFed = TBool.scalarOf(targets != null);
        TFloat32 cotangent = cotangent(targets, batch.rows())) {
      Session.Runner runner = graph.session().runner();
      batch.feed(runner);
      if (request.wantsGradients()) {
        runner.feed(CotangentNodes.USE_FED, useFed).feed(CotangentNodes.FED, cotangent);
      }
      replaced.tensors().forEach((name, tensor) -> runner.feed(name.node(), name.index(), tensor));
      runner.fetch(CotangentNodes.LOGITS).fetch(CotangentNodes.PREDICTED);
      fetches.forEach(name -> runner.fetch(name.node(), name.index()));
      try (Result result = runner.run()) {
        List<float[]> logits = finite(TensorCopy.rows(result.get(0), inputs.size()));
        List<ResolvedTarget> resolved =
            targets != null
                ? targets
                : logits.stream().map(row -> request.target().resolve(row, labels)).toList();
        if (targets == null && request.wantsGradients() && !agrees(result.get(1), resolved)) {
          return List.of();
        }
        Fetched fetched = new Fetched(result, fetches, lengths, batch);
        return read.apply(new Reading(logits, resolved, fetched));
      }
    } catch (UnusableInputException refused) {
      throw refused;
    } catch (RuntimeException failure) {
      throw NativeFailure.of("Running the graph", failure);
    }
  }

  /** The logits of one input when no token attends to the given ones. */
  float[] logits(TokenSequence input, BitSet unattended) {
    GraphSignature signature = graph.plan().signature();
    try (InputBatch batch = new InputBatch(List.of(input), unattended, signature, paddingId)) {
      Session.Runner runner = graph.session().runner().fetch(CotangentNodes.LOGITS);
      batch.feed(runner);
      try (Result result = runner.run()) {
        return finite(TensorCopy.rows(result.get(0), 1)).get(0);
      }
    } catch (UnusableInputException refused) {
      throw refused;
    } catch (RuntimeException failure) {
      throw NativeFailure.of("Running the graph", failure);
    }
  }

  private List<TensorName> fetches(CaptureRequest request) {
    List<TensorName> fetches = new ArrayList<>();
    if (wantsAttention(request)) {
      fetches.addAll(graph.attention());
    }
    if (request.wants(Quantity.ATTENTION_GRADIENT)) {
      fetches.addAll(graph.attentionGradients());
    }
    if (request.wants(Quantity.HIDDEN_STATES)) {
      fetches.addAll(graph.hiddenStates());
    }
    if (request.wants(Quantity.HIDDEN_STATE_GRADIENT)) {
      fetches.addAll(graph.hiddenStateGradients());
    }
    if (request.wants(Quantity.EMBEDDING)) {
      fetches.add(graph.embedding());
    }
    if (request.wants(Quantity.EMBEDDING_GRADIENT)) {
      fetches.add(graph.embeddingGradient());
    }
    return fetches.stream().distinct().toList();
  }

  private static boolean wantsAttention(CaptureRequest request) {
    return request.wants(Quantity.ATTENTION) || request.wants(Quantity.ATTENTION_GRADIENT);
  }

  /** c[b][target] = 1, c[b][against] = −1; zeros in the rows that only fill the batch. */
  private TFloat32 cotangent(@Nullable List<ResolvedTarget> targets, int rows) {
    if (targets == null) {
      return TFloat32.tensorOf(Shape.of(1, 1), DataBuffers.of(new float[1], true, false));
    }
    int classes =
        classCount.orElseGet(
            () ->
                1
                    + targets.stream()
                        .mapToInt(t -> Math.max(t.index(), t.against()))
                        .max()
                        .orElse(0));
    float[] cotangent = new float[rows * classes];
    for (int b = 0; b < targets.size(); b++) {
      ResolvedTarget target = targets.get(b);
      cotangent[b * classes + target.index()] = 1;
      if (target.isContrast()) {
        cotangent[b * classes + target.against()] = -1;
      }
    }
    return TFloat32.tensorOf(Shape.of(rows, classes), DataBuffers.of(cotangent, true, false));
  }

  private static boolean agrees(Tensor predicted, List<ResolvedTarget> targets) {
    int[] classes = new int[targets.size()];
    predicted.asRawTensor().data().asInts().read(classes);
    for (int b = 0; b < classes.length; b++) {
      if (classes[b] != targets.get(b).index()) {
        return false;
      }
    }
    return true;
  }

  private static List<float[]> finite(List<float[]> rows) {
    for (float[] row : rows) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          throw new UnusableInputException(
              ("The model's logits are " + Arrays.toString(row) + ", not finite numbers.")
                  + " Maybe the weights are damaged, or overflowed when they were converted.");
        }
      }
    }
    return rows;
  }

  /** What a run returned, while it is there. */
  private record Reading(List<float[]> logits, List<ResolvedTarget> targets, Fetched fetched) {}

  /** What a run returned, by name. */
  private static final class Fetched {
    private static final int BEFORE = 2;

    private final Map<TensorName, Tensor> tensors = new HashMap<>();
    private final int[] lengths;
    private final InputBatch batch;

    Fetched(Result result, List<TensorName> names, int[] lengths, InputBatch batch) {
      for (int i = 0; i < names.size(); i++) {
        tensors.put(names.get(i), result.get(BEFORE + i));
      }
      this.lengths = lengths;
      this.batch = batch;
    }

    List<FloatTensor> attention(TensorName name) {
      return TensorCopy.attention(tensor(name), lengths, batch.rows(), batch.width());
    }

    List<List<FloatTensor>> vectors(List<TensorName> names) {
      return names.stream()
          .map(name -> TensorCopy.vectors(tensor(name), lengths, batch.rows(), batch.width()))
          .toList();
    }

    private Tensor tensor(TensorName name) {
      return Objects.requireNonNull(tensors.get(name));
    }
  }

  private List<Capture> captures(
      List<TokenSequence> inputs, CaptureRequest request, Reading reading) {
    Fetched fetched = reading.fetched();
    List<List<AttentionLayer>> attention = layers(request, fetched, layer -> layer);
    List<List<FloatTensor>> hidden =
        request.wants(Quantity.HIDDEN_STATES) ? fetched.vectors(graph.hiddenStates()) : List.of();
    List<List<FloatTensor>> hiddenGradients =
        request.wants(Quantity.HIDDEN_STATE_GRADIENT)
            ? fetched.vectors(graph.hiddenStateGradients())
            : List.of();
    List<List<FloatTensor>> words =
        request.wants(Quantity.EMBEDDING) ? fetched.vectors(List.of(graph.embedding())) : List.of();
    List<List<FloatTensor>> wordGradients =
        request.wants(Quantity.EMBEDDING_GRADIENT)
            ? fetched.vectors(List.of(graph.embeddingGradient()))
            : List.of();
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
              reading.logits().get(b),
              reading.targets().get(b),
              layers,
              ofInput(hidden, b),
              ofInput(hiddenGradients, b),
              words.isEmpty() ? null : words.get(0).get(b),
              wordGradients.isEmpty() ? null : wordGradients.get(0).get(b)));
    }
    return captures;
  }

  private List<ReducedCapture> reduced(
      List<TokenSequence> inputs,
      CaptureRequest request,
      LayerReduction reduction,
      Reading reading) {
    List<List<Matrix>> matrices = layers(request, reading.fetched(), reduction::reduce);
    List<ReducedCapture> captures = new ArrayList<>();
    for (int b = 0; b < inputs.size(); b++) {
      Map<AttentionKind, List<Matrix>> layers =
          matrices.isEmpty() ? Map.of() : Map.of(AttentionKind.ENCODER, ofInput(matrices, b));
      captures.add(
          new ReducedCapture(
              inputs.get(b), null, reading.logits().get(b), reading.targets().get(b), layers));
    }
    return captures;
  }

  /** What is kept of each layer and input, [layer][input]; empty if no attention is wanted. */
  private <L> List<List<L>> layers(
      CaptureRequest request, Fetched fetched, Function<AttentionLayer, L> keep) {
    if (!wantsAttention(request)) {
      return List.of();
    }
    boolean slopes = request.wants(Quantity.ATTENTION_GRADIENT);
    List<List<L>> layers = new ArrayList<>();
    for (int layer = 0; layer < graph.attention().size(); layer++) {
      List<FloatTensor> attention = fetched.attention(graph.attention().get(layer));
      List<FloatTensor> gradients =
          slopes ? fetched.attention(graph.attentionGradients().get(layer)) : List.of();
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

  private static <L> List<L> ofInput(List<List<L>> layers, int input) {
    return layers.stream().map(layer -> layer.get(input)).toList();
  }
}
