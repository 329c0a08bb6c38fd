package org.attentionflow.onnx;

import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import org.attentionflow.onnx.gradient.GradientRules;
import org.attentionflow.onnx.graph.ModelFile;
import org.attentionflow.onnx.graph.NativeRuntime;

/**
 * An instrumented graph in native memory.
 *
 * @param model the graph
 * @param session the same, ready to run
 */
record LoadedGraph(InstrumentedModel model, OrtSession session) {
  /** Instruments and loads a graph. */
  static LoadedGraph of(
      Classifier classifier, Instruments instruments, GradientRules rules, int threads) {
    Classifier needed = instruments.needStates() ? classifier : classifier.withoutStates();
    InstrumentedModel model = InstrumentedModel.of(needed, instruments, rules);
    ModelFile file = classifier.file();
    OrtSession session =
        NativeRuntime.open(
            file.withWeightsInPlace(model.model()), file.weightFolder(), threads, OptLevel.ALL_OPT);
    return new LoadedGraph(model, session);
  }
}
