package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.ModelInputs;
import org.attentionflow.huggingface.session.CaptureMemory;
import org.attentionflow.huggingface.session.InputRole;
import org.attentionflow.huggingface.session.NativeCosts;
import org.attentionflow.onnx.graph.Constants;
import org.attentionflow.onnx.graph.Graph;
import org.attentionflow.onnx.graph.ModelFile;
import org.attentionflow.onnx.graph.Value;

/**
 * A model as its files describe it: the graph, what of its inputs and layers the graph and the
 * configuration tell, and the tokenizer.
 */
record OpenModel(
    ModelLocation location,
    Classifier classifier,
    ModelDescription description,
    ModelInputs inputs) {
  /** Shorter tables of vectors are those of segments. */
  private static final long FEWEST_POSITIONS = 9;

  /** Reads a model; loads the native library, but not the weights. */
  static OpenModel read(ModelLocation location) {
    ModelConfig config = location.folder().config();
    config.checkNoEncoderDecoder("graph");
    ModelFile file = ModelFile.read(location.file());
    Classifier classifier = Classifier.read(file, config.layerCount().orElse(0), List.of());
    checkFixedBatch(classifier);
    InputLimits limits = limits(classifier, config);
    ModelInputs inputs = ModelInputs.of(location.folder(), limits);
    return new OpenModel(
        location, classifier, describe(location, classifier, config, inputs), inputs);
  }

  private static void checkFixedBatch(Classifier classifier) {
    long batch = classifier.roles().ids().shape().orElseThrow().number(0);
    if (batch > 1) {
      throw new UnusableInputException(
          ("The graph takes " + batch + " texts at once, no more and no fewer.")
              + " Maybe export it with dynamic axes.");
    }
  }

  /** The length that the graph was exported for; 0 if it takes any. */
  int fixedTokens() {
    return (int) Math.max(0, classifier.roles().ids().shape().orElseThrow().number(1));
  }

  /** What captures need. */
  CaptureMemory memory(NativeCosts costs) {
    int inner = location.folder().config().innerSize(description.hiddenSize());
    return CaptureMemory.of(description, inner, costs);
  }

  /** The number of inputs that the graph was exported for; 0 if it takes any. */
  int fixedBatch() {
    return (int) Math.max(0, classifier.roles().ids().shape().orElseThrow().number(0));
  }

  private static ModelDescription describe(
      ModelLocation location, Classifier classifier, ModelConfig config, ModelInputs inputs) {
    GraphSizes sizes = GraphSizes.of(classifier, config);
    int width = (int) embeddingWidth(classifier);
    return new ModelDescription(
        inputs.hasTokenizer() || config.has("model_type")
            ? location.folder().name()
            : String.valueOf(location.file().getFileName()),
        config.text("model_type", "onnx"),
        config.labels(sizes.classCount(), "graph"),
        classifier.attention().size(),
        sizes.headCount(),
        config.hiddenSize().orElse(Math.max(1, width)),
        inputs.limits().maximumTokens(),
        parameterCount(classifier.graph()),
        inputs.specialTokens());
  }

  private static InputLimits limits(Classifier classifier, ModelConfig config) {
    Map<String, Long> rows = new HashMap<>();
    long positions = InputLimits.UNKNOWN;
    Graph graph = classifier.graph();
    for (NodeProto node : graph.nodes()) {
      if (Graph.is(node, "Gather") && graph.initializers().containsKey(node.getInput(0))) {
        TensorProto table = graph.initializers().get(node.getInput(0));
        if (table.getDimsCount() == 2) {
          rows.put(source(graph, node.getInput(1)), table.getDims(0));
          boolean isOther = !isInput(classifier, source(graph, node.getInput(1)));
          if (isOther && table.getDims(0) >= FEWEST_POSITIONS) {
            positions = Math.min(positions, table.getDims(0));
          }
        }
      }
    }
    int longest = config.maximumTokens((int) Math.min(positions, InputLimits.UNKNOWN));
    long fixed = classifier.roles().ids().shape().orElseThrow().number(1);
    if (fixed > 0) {
      longest = (int) Math.min(longest, fixed);
    }
    String ids = classifier.roles().ids().name();
    String segments = classifier.roles().find(InputRole.SEGMENTS).map(Value::name).orElse("");
    long vocabulary =
        rows.getOrDefault(ids, (long) config.count("vocab_size", InputLimits.UNKNOWN));
    long segmentCount = rows.getOrDefault(segments, 0L);
    return new InputLimits(
        (int) Math.min(vocabulary, InputLimits.UNKNOWN),
        (int) Math.min(segmentCount, InputLimits.UNKNOWN),
        longest,
        config.paddingBeforePositions());
  }

  private static boolean isInput(Classifier classifier, String name) {
    return classifier.roles().all().entrySet().stream()
        .anyMatch(
            entry -> entry.getKey() != InputRole.POSITIONS && entry.getValue().name().equals(name));
  }

  /** The input that indices come from without being changed, or the indices themselves. */
  static String source(Graph graph, String indices) {
    String name = indices;
    NodeProto producer = graph.producer(name);
    while (producer != null && (Graph.is(producer, "Cast") || Graph.is(producer, "Identity"))) {
      name = producer.getInput(0);
      producer = graph.producer(name);
    }
    return name;
  }

  private static long embeddingWidth(Classifier classifier) {
    Graph graph = classifier.graph();
    String ids = classifier.roles().ids().name();
    return graph.nodes().stream()
        .filter(node -> Graph.is(node, "Gather") && source(graph, node.getInput(1)).equals(ids))
        .map(node -> graph.value(node.getOutput(0)))
        .filter(value -> value.rank() > 0)
        .mapToLong(value -> value.shape().orElseThrow().number(-1))
        .findFirst()
        .orElse(-1);
  }

  private static long parameterCount(Graph graph) {
    return graph.initializers().values().stream()
        .filter(tensor -> graph.value(tensor.getName()).type().isFloating())
        .mapToLong(Constants::elementCount)
        .sum();
  }

  /** Refuses what a graph without a mask cannot do: tell a short text from its padding. */
  void checkMask(int tokenCount) {
    if (tokenCount < fixedTokens() && classifier.roles().find(InputRole.MASK).isEmpty()) {
      throw new UnusableInputException(
          ("The graph takes " + fixedTokens() + " tokens and has no attention_mask: shorter texts")
              + " cannot be told from their padding. Maybe export it with dynamic axes.");
    }
  }
}
