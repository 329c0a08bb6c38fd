package org.attentionflow.onnx;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.onnx.gradient.GradientRules;
import org.attentionflow.onnx.graph.NativeRuntime;

/**
 * Runs text classifiers exported to ONNX with ONNX Runtime, as they are: attention is found in the
 * graph, and its gradient is added to the graph. Nothing is downloaded and nothing is stored.
 */
public final class OnnxEngine implements ModelEngine {
  @Override
  public String name() {
    return "onnx-runtime";
  }

  @Override
  public String summary() {
    return "Runs text classifiers exported to ONNX; finds attention and adds gradients by itself.";
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
    return ModelLocation.accepts(model);
  }

  @Override
  public ModelSession open(Path model, EngineSettings settings) {
    return openSession(model, settings);
  }

  static OnnxSession openSession(Path model, EngineSettings settings) {
    OpenModel opened = OpenModel.read(ModelLocation.of(model));
    return new OnnxSession(opened, settings, GradientRules.load());
  }

  @Override
  public String probe() {
    return NativeRuntime.describe();
  }
}
