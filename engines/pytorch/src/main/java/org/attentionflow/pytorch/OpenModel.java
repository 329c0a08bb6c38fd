package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.ModelFolder;
import org.attentionflow.huggingface.ModelInputs;
import org.attentionflow.huggingface.session.CaptureMemory;
import org.attentionflow.huggingface.session.NativeCosts;
import org.jspecify.annotations.Nullable;

/**
 * A model as it was read: in native memory, and what is known of it.
 *
 * @param inputs texts and ids as the model takes them
 * @param digests of the files it was read from, computed when asked for
 * @param reasons why each layer's attention is taken for that; empty for known architectures
 */
record OpenModel(
    ModelDescription description,
    NativeModel network,
    CaptureMemory memory,
    ModelInputs inputs,
    Supplier<Map<String, String>> digests,
    List<String> reasons) {
  /**
   * Reads a checkpoint; its weights will belong to the manager.
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
    return new OpenModel(
        description,
        new CheckpointModel(folder, network, config.labels(), Recorder::new),
        memory(description, network),
        inputs,
        () -> folder.digests(WeightFiles.of(folder)),
        List.of());
  }

  /** Of a model whose layers are gone back through one by one: only the softmax is kept. */
  private static CaptureMemory memory(ModelDescription description, EncoderClassifier network) {
    int inner = (int) network.layers().get(0).feedForward().in().bias().getShape().get(0);
    return CaptureMemory.of(description, inner, costs(1));
  }

  /** Of a model that keeps scores, softmax, cast and gradient of every layer. */
  static CaptureMemory memoryOfArchive(ModelDescription description, ModelConfig config) {
    return CaptureMemory.of(description, config.innerSize(description.hiddenSize()), costs(4));
  }

  /** For a moment: scores and softmax, gradients of attention and scores, and one to copy. */
  static NativeCosts costs(int keptAttentions) {
    return new NativeCosts(16L << 20, 1L << 30, 5, keptAttentions, 12, 3, false);
  }
}
