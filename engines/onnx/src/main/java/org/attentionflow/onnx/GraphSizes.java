package org.attentionflow.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.session.PaddedInputs;
import org.attentionflow.huggingface.session.TrialInput;
import org.attentionflow.onnx.InstrumentedModel.Kind;
import org.attentionflow.onnx.gradient.GradientRules;
import org.attentionflow.onnx.graph.NativeRuntime;
import org.attentionflow.onnx.graph.Value;
import org.attentionflow.onnx.graph.ValueShape;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of heads and classes of a graph. They are the graph's own, never those of its
 * configuration: what its shapes leave open comes from its shapes for certain sizes of the inputs
 * or, where it does not take these, from a run on two tokens.
 *
 * @param headCount the number of heads of the first layer
 * @param classCount the number of logits
 */
record GraphSizes(int headCount, int classCount) {
  /**
   * Finds out.
   *
   * @throws UnusableInputException if layers have other heads than the configuration names
   */
  static GraphSizes of(Classifier classifier, ModelConfig config) {
    List<OptionalInt> heads =
        classifier.attention().stream().map(layer -> heads(classifier, layer.value())).toList();
    OptionalInt classes = classes(classifier);
    GraphSizes sizes =
        heads.get(0).isPresent() && classes.isPresent()
            ? new GraphSizes(heads.get(0).getAsInt(), classes.getAsInt())
            : byTrial(classifier);
    config.checkHeads(sizes.headCount(), "graph");
    heads.forEach(count -> count.ifPresent(known -> config.checkHeads(known, "graph")));
    return sizes;
  }

  private static OptionalInt heads(Classifier classifier, Value attention) {
    Value ids = classifier.roles().ids();
    OptionalInt always = heads(attention.knownShape(), ids.knownShape());
    return always.isPresent()
        ? always
        : heads(classifier.samples().get(attention.name()), classifier.samples().get(ids.name()));
  }

  /** Of attention [batch, head, query, key] or [batch · head, query, key]. */
  private static OptionalInt heads(@Nullable ValueShape attention, @Nullable ValueShape ids) {
    if (attention == null || ids == null) {
      return OptionalInt.empty();
    }
    if (attention.rank() == 4) {
      return positive(attention.number(1));
    }
    boolean isFolded = attention.rank() == 3 && ids.number(0) > 0;
    return isFolded ? positive(attention.number(0) / ids.number(0)) : OptionalInt.empty();
  }

  private static OptionalInt classes(Classifier classifier) {
    Value logits = classifier.logits();
    OptionalInt always = positive(logits.shape().orElseThrow().number(1));
    ValueShape sample = classifier.samples().get(logits.name());
    return always.isPresent() || sample == null || sample.rank() != logits.rank()
        ? always
        : positive(sample.number(1));
  }

  private static OptionalInt positive(long number) {
    return number > 0 && number <= Integer.MAX_VALUE
        ? OptionalInt.of((int) number)
        : OptionalInt.empty();
  }

  /** Runs the graph on two tokens and looks at the attention of the first layer. */
  private static GraphSizes byTrial(Classifier classifier) {
    LoadedGraph graph =
        LoadedGraph.of(
            classifier, new Instruments(true, false, false, false), GradientRules.of(List.of()), 1);
    String attention = graph.model().outputs().getOrDefault(Kind.ATTENTION, List.of()).get(0);
    String logits = classifier.logits().name();
    Map<String, OnnxTensor> feed = new HashMap<>();
    try (OrtSession session = graph.session()) {
      fewTokens(classifier).addTo(feed, classifier.roles());
      try (OrtSession.Result result = session.run(feed, Set.of(attention, logits))) {
        // [batch, head, query, key] or [batch · head, query, key] with one input.
        long[] shape = shape(result, attention);
        return new GraphSizes(
            size(attention, shape, shape.length - 3), size(logits, shape(result, logits), 1));
      }
    } catch (OrtException failure) {
      throw NativeRuntime.failure("ONNX Runtime cannot run the model", failure);
    } finally {
      feed.values().forEach(OnnxTensor::close);
    }
  }

  private static PaddedBatch fewTokens(Classifier classifier) {
    InputLimits limits =
        new InputLimits(InputLimits.UNKNOWN, 0, InputLimits.UNKNOWN, InputLimits.PLAIN_POSITIONS);
    ValueShape ids = classifier.roles().ids().shape().orElseThrow();
    TokenSequence input =
        TrialInput.of((int) Math.min(Integer.MAX_VALUE, ids.number(1)), (int) ids.number(0));
    return new PaddedBatch(
        new PaddedInputs(List.of(input), new BitSet(), limits, 0, 1, input.size()));
  }

  private static long[] shape(OrtSession.Result result, String name) {
    return ((OnnxTensor) result.get(name).orElseThrow()).getInfo().getShape();
  }

  private static int size(String name, long[] shape, int axis) {
    OptionalInt size =
        axis < 0 || axis >= shape.length ? OptionalInt.empty() : positive(shape[axis]);
    return size.orElseThrow(
        () ->
            new UnusableInputException(
                "The tensor "
                    + name
                    + " of the graph has the shape "
                    + Arrays.toString(shape)
                    + "."));
  }
}
