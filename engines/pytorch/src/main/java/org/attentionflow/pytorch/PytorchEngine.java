package org.attentionflow.pytorch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.huggingface.ModelConfig;
import org.attentionflow.huggingface.ModelFolder;
import org.jspecify.annotations.Nullable;

/**
 * Runs sequence classifiers of the BERT family with PyTorch, from a Hugging Face folder as it comes
 * off the hub: {@code config.json}, {@code model.safetensors} (or its shards) and {@code
 * tokenizer.json}. Weights of 16 bits are computed with in 32. Nothing is downloaded.
 */
public final class PytorchEngine implements ModelEngine {
  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public String summary() {
    return "Runs BERT, RoBERTa, DistilBERT, ELECTRA and ALBERT classifiers from Hugging Face folders.";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public boolean accepts(Path model) {
    return WeightFiles.looksLikeModel(model);
  }

  @Override
  public ModelSession open(Path model, EngineSettings settings) {
    return openSession(model, settings);
  }

  static PytorchSession openSession(Path model, EngineSettings settings) {
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
      return new PytorchSession(
          folder, OpenModel.read(folder, config, manager, random), settings, manager);
    } catch (EngineException failure) {
      manager.close();
      throw NativeFailure.of(failure);
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
