package org.attentionflow.tensorflow;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.huggingface.ModelConfig;

/**
 * Runs sequence classifiers with TensorFlow, from the graph they were saved as: a SavedModel or a
 * frozen graph. Attention is found by the structure of the graph, and gradients are added to it.
 * The files {@code config.json} and {@code tokenizer.json} of the Hugging Face model are used where
 * they lie beside the graph or above it. Nothing is downloaded.
 */
public final class TensorflowEngine implements ModelEngine {
  @Override
  public String name() {
    return "tensorflow";
  }

  @Override
  public String summary() {
    return "Runs classifiers from TensorFlow SavedModels and frozen graphs, as they were saved.";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.PREDICTION,
        Capability.ATTENTION,
        Capability.ATTENTION_GRADIENT,
        Capability.HIDDEN_STATES,
        Capability.PADDED_BATCH,
        Capability.TOKENIZER,
        Capability.ATTENTION_MASK);
  }

  @Override
  public boolean accepts(Path model) {
    return ModelFiles.looksLikeModel(model);
  }

  @Override
  public ModelSession open(Path model, EngineSettings settings) {
    return openSession(model, settings);
  }

  static TensorflowSession openSession(Path model, EngineSettings settings) {
    // Whatever can be refused without native code is refused before it loads.
    ModelFiles files = ModelFiles.of(model);
    ModelConfig config = files.beside().config();
    OpenModel.checkEncoder(config);
    StoredModel stored = StoredModel.read(files);
    OperationRegistry registry =
        new OperationRegistry(
            NativeLibrary.operations(), stored.graph().getLibrary().getFunctionList());
    GraphPlan plan = GraphPlan.of(stored, registry, config.layerCount());
    Variables.check(plan, files);
    NativeGraph graph = NativeGraph.open(stored, plan, files, settings);
    try {
      return new TensorflowSession(files, graph, OpenModel.of(files, graph), settings);
    } catch (RuntimeException | Error failure) {
      graph.close();
      throw failure;
    }
  }

  @Override
  public String probe() {
    return NativeLibrary.describe();
  }
}
