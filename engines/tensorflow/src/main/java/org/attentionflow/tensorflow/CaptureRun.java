package org.attentionflow.tensorflow;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Quantity;
import org.attentionflow.engine.ResolvedTarget;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.session.CapturedVectors;
import org.attentionflow.huggingface.session.InputRun;
import org.attentionflow.huggingface.session.KeptLayers;
import org.attentionflow.huggingface.session.LayerKeeping;
import org.attentionflow.huggingface.session.LayerSink;
import org.attentionflow.huggingface.session.Logits;
import org.attentionflow.huggingface.session.NativeLayer;
import org.attentionflow.tensor.FloatTensor;
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
 * Captures of padded batches. The scalar that is differentiated is the sum of the inputs' targets;
 * see {@link Logits}.
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
  private final InputLimits limits;
  private final int paddingId;

  /**
   * Prepares runs of a graph.
   *
   * @param labels the names of the classes, as many as logits; none for a run without a target
   * @param limits how positions are counted
   * @param paddingId the id that stands where an input has ended
   */
  CaptureRun(NativeGraph graph, List<String> labels, InputLimits limits, int paddingId) {
    this.graph = graph;
    this.labels = labels;
    this.limits = limits;
    this.paddingId = paddingId;
  }

  /**
   * What the graph shows on each input of a batch, in order.
   *
   * @param keeping what becomes of the attention of each layer
   */
  <L> List<InputRun<L>> run(
      List<TokenSequence> inputs,
      CaptureRequest request,
      Replacement replaced,
      LayerKeeping<L> keeping) {
    Function<Reading, List<InputRun<L>>> read = reading -> runs(inputs, request, reading, keeping);
    if (!request.wantsGradients()) {
      return run(inputs, request, null, replaced, read);
    }
    if (request.target() instanceof Target.Predicted) {
      // One run predicts and differentiates. With two equal logits, Java's choice decides.
      List<InputRun<L>> runs = run(inputs, request, null, replaced, read);
      if (!runs.isEmpty()) {
        return runs;
      }
    }
    return run(inputs, request, targets(inputs, request, replaced), replaced, read);
  }

  /** The targets; only the predicted class depends on the logits. */
  private List<ResolvedTarget> targets(
      List<TokenSequence> inputs, CaptureRequest request, Replacement replaced) {
    if (!(request.target() instanceof Target.Predicted)) {
      ResolvedTarget target = request.target().resolve(new float[labels.size()], labels);
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
    List<TensorName> fetches = fetches(request);
    try (InputBatch batch = batch(inputs, new BitSet());
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
        List<float[]> logits = Logits.finite(TensorCopy.rows(result.get(0), inputs.size()));
        List<ResolvedTarget> resolved =
            targets != null ? targets : Logits.targets(logits, request.target(), labels);
        if (targets == null && request.wantsGradients() && !agrees(result.get(1), resolved)) {
          return List.of();
        }
        Fetched fetched = new Fetched(result, fetches, batch);
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
    try (InputBatch batch = batch(List.of(input), unattended)) {
      Session.Runner runner = graph.session().runner().fetch(CotangentNodes.LOGITS);
      batch.feed(runner);
      try (Result result = runner.run()) {
        return Logits.finite(TensorCopy.rows(result.get(0), 1)).get(0);
      }
    } catch (UnusableInputException refused) {
      throw refused;
    } catch (RuntimeException failure) {
      throw NativeFailure.of("Running the graph", failure);
    }
  }

  private InputBatch batch(List<TokenSequence> inputs, BitSet unattended) {
    return new InputBatch(inputs, unattended, graph.plan().signature(), limits, paddingId);
  }

  private List<TensorName> fetches(CaptureRequest request) {
    List<TensorName> fetches = new ArrayList<>();
    if (wantsAttention(request)) {
      fetches.addAll(graph.attention());
    }
    for (Quantity quantity : Quantity.values()) {
      if (quantity != Quantity.ATTENTION) {
        fetches.addAll(names(request, quantity));
      }
    }
    return fetches.stream().distinct().toList();
  }

  /** The tensors of a quantity; none if it is not asked for. */
  private List<TensorName> names(CaptureRequest request, Quantity quantity) {
    if (!request.wants(quantity)) {
      return List.of();
    }
    return switch (quantity) {
      case ATTENTION -> graph.attention();
      case ATTENTION_GRADIENT -> graph.attentionGradients();
      case HIDDEN_STATES -> graph.hiddenStates();
      case HIDDEN_STATE_GRADIENT -> graph.hiddenStateGradients();
      case EMBEDDING -> List.of(graph.embedding());
      case EMBEDDING_GRADIENT -> List.of(graph.embeddingGradient());
    };
  }

  private static boolean wantsAttention(CaptureRequest request) {
    return request.wants(Quantity.ATTENTION) || request.wants(Quantity.ATTENTION_GRADIENT);
  }

  /** c[b][target] = 1, c[b][against] = −1; zeros in the rows that only fill the batch. */
  private TFloat32 cotangent(@Nullable List<ResolvedTarget> targets, int rows) {
    if (targets == null) {
      return TFloat32.tensorOf(Shape.of(1, 1), DataBuffers.of(new float[1], true, false));
    }
    int classes = labels.size();
    float[] cotangent = Logits.direction(targets, rows, classes);
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

  /** What a run returned, while it is there. */
  private record Reading(List<float[]> logits, List<ResolvedTarget> targets, Fetched fetched) {}

  /** What a run returned, by name. */
  private static final class Fetched {
    private static final int BEFORE = 2;

    private final Map<TensorName, Tensor> tensors = new HashMap<>();
    private final int[] lengths;
    private final InputBatch batch;

    Fetched(Result result, List<TensorName> names, InputBatch batch) {
      for (int i = 0; i < names.size(); i++) {
        tensors.put(names.get(i), result.get(BEFORE + i));
      }
      this.lengths = batch.lengths();
      this.batch = batch;
    }

    /** Hands on a layer of every input. */
    void attention(int layer, TensorName name, @Nullable TensorName gradient, LayerSink sink) {
      @Nullable Tensor slopes = gradient == null ? null : tensor(gradient);
      NativeLayer source = TensorCopy.layer(tensor(name), slopes, batch.rows(), batch.width());
      for (int input = 0; input < lengths.length; input++) {
        sink.accept(layer, input, lengths[input], source);
      }
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

  private <L> List<InputRun<L>> runs(
      List<TokenSequence> inputs,
      CaptureRequest request,
      Reading reading,
      LayerKeeping<L> keeping) {
    Fetched fetched = reading.fetched();
    KeptLayers<L> layers = new KeptLayers<>(inputs.size(), keeping);
    boolean slopes = request.wants(Quantity.ATTENTION_GRADIENT);
    for (int layer = 0; wantsAttention(request) && layer < graph.attention().size(); layer++) {
      fetched.attention(
          layer,
          graph.attention().get(layer),
          slopes ? graph.attentionGradients().get(layer) : null,
          layers);
    }
    List<List<FloatTensor>> hidden = fetched.vectors(names(request, Quantity.HIDDEN_STATES));
    List<List<FloatTensor>> hiddenSlopes =
        fetched.vectors(names(request, Quantity.HIDDEN_STATE_GRADIENT));
    List<List<FloatTensor>> words = fetched.vectors(names(request, Quantity.EMBEDDING));
    List<List<FloatTensor>> wordSlopes =
        fetched.vectors(names(request, Quantity.EMBEDDING_GRADIENT));
    List<InputRun<L>> runs = new ArrayList<>();
    for (int b = 0; b < inputs.size(); b++) {
      runs.add(
          new InputRun<>(
              inputs.get(b),
              reading.logits().get(b),
              reading.targets().get(b),
              AttentionKind.ENCODER,
              layers.ofInput(b),
              CapturedVectors.of(b, hidden, hiddenSlopes, words, wordSlopes)));
    }
    return runs;
  }
}
