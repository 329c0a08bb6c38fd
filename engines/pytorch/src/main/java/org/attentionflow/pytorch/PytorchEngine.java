package org.attentionflow.pytorch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.ModelFolder;
import org.jspecify.annotations.Nullable;

/**
 * Runs Transformers with PyTorch, in two forms. A Hugging Face folder of a sequence classifier of
 * the BERT family as it comes off the hub: {@code config.json}, {@code model.safetensors} (or its
 * shards) and {@code tokenizer.json}; weights of 16 bits are computed with in 32. And a TorchScript
 * archive, as {@code torch.jit.save} writes it, of any Transformer whose code has its attention in
 * it, with configuration and tokenizer beside it or without. Nothing is downloaded.
 */
public final class PytorchEngine implements ModelEngine {
  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public String summary() {
    return "Runs BERT-like classifiers from Hugging Face folders, and any TorchScript archive.";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  /** What an archive can do is less: its hidden states, embeddings and weights are not known. */
  @Override
  public Set<Capability> capabilities(Path model) {
    boolean isArchive = !WeightFiles.looksLikeModel(model) && TorchScriptFile.isAt(model);
    return isArchive
        ? EnumSet.of(
            Capability.PREDICTION,
            Capability.ATTENTION,
            Capability.ATTENTION_GRADIENT,
            Capability.PADDED_BATCH,
            Capability.TOKENIZER)
        : capabilities();
  }

  @Override
  public boolean accepts(Path model) {
    return WeightFiles.looksLikeModel(model) || TorchScriptFile.isAt(model);
  }

  @Override
  public ModelSession open(Path model, EngineSettings settings) {
    return openSession(model, settings);
  }

  static PytorchSession openSession(Path model, EngineSettings settings) {
    if (!WeightFiles.looksLikeModel(model)) {
      Optional<TorchScriptFile> archive = TorchScriptFile.at(model);
      if (archive.isPresent()) {
        return TorchScriptOpening.open(archive.get(), settings);
      }
    }
    // Whatever can be refused without native code is refused before it loads.
    ModelFolder folder = ModelFolder.withConfig(model);
    ModelConfig config = folder.config();
    Architecture.of(config);
    WeightFiles.of(folder);
    return openSession(folder, config, settings, null);
  }

  /** Opens a model that can be read; see {@link RandomWeights}. */
  static PytorchSession openSession(
      ModelFolder folder,
      ModelConfig config,
      EngineSettings settings,
      @Nullable RandomWeights random) {
    NDManager manager = NativeLibrary.newManager();
    try {
      return new PytorchSession(OpenModel.read(folder, config, manager, random), settings, manager);
    } catch (EngineException failure) {
      manager.close();
      throw NativeFailure.of("Loading the model " + folder.name(), failure);
    } catch (RuntimeException | Error failure) {
      manager.close();
      throw failure;
    }
  }

  @Override
  public String probe() {
    return NativeLibrary.describe();
  }
}
