package org.attentionflow.tensorflow;

import java.util.OptionalInt;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.ModelInputs;
import org.attentionflow.huggingface.session.CaptureMemory;
import org.attentionflow.huggingface.session.InputRole;
import org.attentionflow.huggingface.session.NativeCosts;

/**
 * What is known of a graph together with the configuration beside it, if there is one.
 *
 * @param inputs texts and ids as the model takes them
 */
record OpenModel(ModelDescription description, CaptureMemory memory, ModelInputs inputs) {
  /**
   * For a moment scores, scaled, masked and softmax, forward and back; kept the softmax, what the
   * product with the values reads, and the gradient. Layer norms come in single operations, and so
   * does the activation function.
   */
  private static final NativeCosts COSTS = new NativeCosts(64L << 20, 2L << 30, 8, 3, 20, 8, true);

  /** Refuses what the configuration calls something other than an encoder. */
  static void checkEncoder(ModelConfig config) {
    config.checkNoEncoderDecoder("graph");
    if (config.flag("is_decoder")) {
      throw config.wrong("is_decoder", "is set; only encoders are supported as graphs");
    }
  }

  /** Reads what there is beside an open graph. */
  static OpenModel of(ModelFiles files, NativeGraph graph) {
    ModelConfig config = files.beside().config();
    InputLimits limits = limits(graph.plan().signature(), config);
    GraphSizes sizes = GraphSizes.of(graph, config, limits);
    int layers = graph.plan().attention().size();
    int hidden = hiddenSize(graph, config);
    ModelInputs inputs = ModelInputs.of(files.beside(), limits);
    ModelDescription description =
        new ModelDescription(
            files.beside().name(),
            config.text("model_type", "tensorflow-graph"),
            config.labels(sizes.classCount(), "graph"),
            layers,
            sizes.headCount(),
            hidden,
            inputs.limits().maximumTokens(),
            graph.plan().parameterCount(),
            inputs.specialTokens());
    int inner = config.innerSize(hidden);
    GraphSignature signature = graph.plan().signature();
    return new OpenModel(
        description,
        new CaptureMemory(
            layers,
            sizes.headCount(),
            hidden,
            inner,
            signature.tokenCount(),
            signature.batchSize(),
            COSTS),
        inputs);
  }

  /** The id that stands where an input has ended. */
  int paddingId() {
    return description.specialToken("pad").orElse(0);
  }

  private static int hiddenSize(NativeGraph graph, ModelConfig config) {
    OptionalInt fromGraph =
        graph.hasHiddenStates()
            ? known(graph.shapes().size(graph.hiddenStates().get(0), -1))
            : OptionalInt.empty();
    return fromGraph.orElse(config.hiddenSize().orElse(0));
  }

  private static InputLimits limits(GraphSignature signature, ModelConfig config) {
    boolean hasSegments = signature.inputs().containsKey(InputRole.SEGMENTS);
    int segments = hasSegments ? config.count("type_vocab_size", InputLimits.UNKNOWN) : 0;
    int positions = config.maximumTokens(InputLimits.UNKNOWN);
    int most = signature.tokenCount() == GraphInput.ANY ? positions : signature.tokenCount();
    int vocabulary = config.count("vocab_size", InputLimits.UNKNOWN);
    return new InputLimits(
        vocabulary, segments, Math.min(most, positions), config.paddingBeforePositions());
  }

  private static OptionalInt known(int size) {
    return size > 0 ? OptionalInt.of(size) : OptionalInt.empty();
  }
}
