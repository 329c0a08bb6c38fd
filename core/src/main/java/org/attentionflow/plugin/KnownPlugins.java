package org.attentionflow.plugin;

import java.util.Map;
import java.util.Optional;

/** Which artifact supplies a part that is not on the class path. */
final class KnownPlugins {
  private static final String GROUP = "org.attentionflow:attention-flow-";

  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "DenseKernel/vector", "vector-kernel",
          "FlowSolver/barrier", "barrier",
          "FlowSolver/dinic", "maxflow",
          "FlowSolver/laplacian", "laplacian",
          "FlowSolver/ortools-max-flow", "ortools",
          "ModelEngine/onnx-runtime", "onnx",
          "ModelEngine/pytorch", "pytorch",
          "ModelEngine/tensorflow", "tensorflow",
          "ModelInstrumenter/onnx", "onnx");

  private KnownPlugins() {}

  static Optional<String> artifactOf(String kind, String name) {
    return Optional.ofNullable(ARTIFACTS.get(kind + "/" + name)).map(GROUP::concat);
  }
}
