package org.attentionflow.tensorflow;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.ModelInputs;
import org.attentionflow.huggingface.session.CaptureMemory;
import org.attentionflow.huggingface.session.InputRole;
import org.attentionflow.huggingface.session.NativeCosts;

/**
 * What is known of a graph together with the configuration beside it, if there is one.
 *
 * @param classCount the number of logits, if the graph says it
 * @param inputs texts and ids as the model takes them
 */
record OpenModel(
    ModelDescription description,
    OptionalInt classCount,
    CaptureMemory memory,
    ModelInputs inputs) {
  /**
   * For a moment scores, scaled, masked and softmax, forward and back; kept the softmax, what the
   * product with the values reads, and the gradient. Layer norms come in single operations, and so
   * does the activation function.
   */
  private static final NativeCosts COSTS = new NativeCosts(64L << 20, 2L << 30, 8, 3, 20, 8, true);

  private static final List<String> HIDDEN_SIZES = List.of("hidden_size", "dim", "d_model");
  private static final List<String> INNER_SIZES = List.of("intermediate_size", "hidden_dim");

  /** Types whose positions start behind the padding id. */
  private static final Set<String> SHIFTED_POSITIONS =
      Set.of("roberta", "camembert", "xlm-roberta");

  /** Refuses what the configuration calls something other than an encoder. */
  static void checkEncoder(ModelConfig config) {
    if (config.flag("is_encoder_decoder") || config.flag("is_decoder")) {
      throw config.wrong(
          "is_encoder_decoder", "or is_decoder is set; only encoders are supported as graphs");
    }
  }

  /** Reads what there is beside an open graph. */
  static OpenModel of(ModelFiles files, NativeGraph graph) {
    ModelConfig config = files.beside().config();
    TensorShapes shapes = graph.shapes();
    OptionalInt classCount = known(shapes.size(TensorName.of(CotangentNodes.LOGITS), 1));
    int layers = graph.plan().attention().size();
    TensorName attention = graph.attention().get(0);
    int heads =
        known(shapes.rank(attention) == 4 ? shapes.size(attention, 1) : TensorShapes.UNKNOWN)
            .orElse(config.headCount().orElse(1));
    int hidden = hiddenSize(graph, config);
    ModelInputs inputs = ModelInputs.of(files.beside(), limits(graph.plan().signature(), config));
    ModelDescription description =
        new ModelDescription(
            files.beside().name(),
            config.text("model_type", "tensorflow-graph"),
            labels(config, classCount),
            layers,
            heads,
            hidden,
            inputs.limits().maximumTokens(),
            graph.plan().parameterCount(),
            inputs.specialTokens());
    int inner = config.firstCount(INNER_SIZES).orElse(4 * hidden);
    int fixed = graph.plan().signature().tokenCount();
    return new OpenModel(
        description,
        classCount,
        new CaptureMemory(layers, heads, hidden, inner, fixed, COSTS),
        inputs);
  }

  /** The id that stands where an input has ended. */
  int paddingId() {
    return description.specialToken("pad").orElse(0);
  }

  private static List<String> labels(ModelConfig config, OptionalInt classCount) {
    return classCount.isEmpty() ? config.labels() : config.labels(classCount.getAsInt(), "graph");
  }

  private static int hiddenSize(NativeGraph graph, ModelConfig config) {
    OptionalInt fromGraph =
        graph.hasHiddenStates()
            ? known(graph.shapes().size(graph.hiddenStates().get(0), -1))
            : OptionalInt.empty();
    return fromGraph.orElse(config.firstCount(HIDDEN_SIZES).orElse(0));
  }

  private static InputLimits limits(GraphSignature signature, ModelConfig config) {
    boolean hasSegments = signature.inputs().containsKey(InputRole.SEGMENTS);
    int segments = hasSegments ? config.count("type_vocab_size", InputLimits.UNKNOWN) : 0;
    boolean shifted = SHIFTED_POSITIONS.contains(config.text("model_type", ""));
    int padding = shifted ? config.integer("pad_token_id", 1) : InputLimits.PLAIN_POSITIONS;
    int positions = config.count("max_position_embeddings", InputLimits.UNKNOWN);
    if (shifted && positions != InputLimits.UNKNOWN) {
      positions -= padding + 1;
    }
    if (positions < 1) {
      throw new UnusableInputException(
          "config.json leaves no positions: max_position_embeddings is too small.");
    }
    int most = signature.tokenCount() == GraphInput.ANY ? positions : signature.tokenCount();
    int vocabulary = config.count("vocab_size", InputLimits.UNKNOWN);
    return new InputLimits(vocabulary, segments, Math.min(most, positions), padding);
  }

  private static OptionalInt known(int size) {
    return size > 0 ? OptionalInt.of(size) : OptionalInt.empty();
  }
}
