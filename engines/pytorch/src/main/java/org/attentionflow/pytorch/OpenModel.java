package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.ModelFolder;
import org.attentionflow.huggingface.ModelInputs;
import org.jspecify.annotations.Nullable;

/**
 * A model as it was read from its folder: weights in native memory, and what is known of them.
 *
 * @param inputs texts and ids as the model takes them
 */
record OpenModel(
    ModelDescription description,
    EncoderClassifier network,
    MemoryEstimate memory,
    ModelInputs inputs) {
  /**
   * Reads a model; its weights will belong to the manager.
   *
   * @param random which weights are random instead of read; null for none
   */
  static OpenModel read(
      ModelFolder folder, ModelConfig config, NDManager manager, @Nullable RandomWeights random) {
    Architecture architecture = Architecture.of(config);
    EncoderClassifier network;
    long parameterCount;
    try (Checkpoint checkpoint = Checkpoint.open(folder, manager, random)) {
      network = architecture.builder().build(config, new Weights(checkpoint, ""));
      checkpoint.checkComplete(architecture.ignored());
      parameterCount = checkpoint.parameterCount();
    }
    ModelInputs inputs = ModelInputs.of(folder, network.limits());
    int hidden = network.layers().get(0).outputNorm().width();
    ModelDescription description =
        new ModelDescription(
            folder.name(),
            architecture.modelType(),
            config.labels(),
            network.layers().size(),
            network.headCount(),
            hidden,
            network.limits().maximumTokens(),
            parameterCount,
            inputs.specialTokens());
    return new OpenModel(description, network, memory(description, network), inputs);
  }

  private static MemoryEstimate memory(ModelDescription description, EncoderClassifier network) {
    int inner = (int) network.layers().get(0).feedForward().in().bias().getShape().get(0);
    return new MemoryEstimate(
        description.layerCount(), description.headCount(), description.hiddenSize(), inner);
  }
}
