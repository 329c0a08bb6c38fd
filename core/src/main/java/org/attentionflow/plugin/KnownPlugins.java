package org.attentionflow.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which artifact supplies a part that is not on the class path. */
final class KnownPlugins {
  private static final String GROUP = "org.attentionflow:attention-flow-";

  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "ArcKernel/vector", "vector-kernel",
          "DenseKernel/vector", "vector-kernel",
          "FlowSolver/barrier", "barrier",
          "FlowSolver/dinic", "maxflow",
          "FlowSolver/laplacian", "laplacian",
          "FlowSolver/ortools-max-flow", "ortools",
          "ModelEngine/onnx-runtime", "onnx",
          "ModelEngine/pytorch", "pytorch",
          "ModelEngine/tensorflow", "tensorflow",
          "ModelInstrumenter/onnx", "onnx",
          "RowKernel/vector-rows", "vector-kernel");

  /** The attribution methods of the artifact baselines. */
  private static final Set<String> BASELINES =
      Set.of(
          "abnar-attention-flow",
          "alti",
          "attcat",
          "attgrads",
          "cat",
          "chefer",
          "column-sums",
          "grads",
          "input-x-gradient",
          "integrated-gradients",
          "kernel-shap",
          "leave-one-out",
          "lime",
          "maximum-flow",
          "partial-lrp",
          "random",
          "random-walk",
          "raw-attention",
          "rollout",
          "saliency",
          "smoothgrad",
          "tensor-chefer",
          "tensor-rollout",
          "transatt",
          "value-zeroing",
          "widest-path");

  private KnownPlugins() {}

  static Optional<String> artifactOf(String kind, String name) {
    boolean isBaseline = kind.equals("AttributionMethod") && BASELINES.contains(name);
    String artifact = isBaseline ? "baselines" : ARTIFACTS.get(kind + "/" + name);
    return Optional.ofNullable(artifact).map(GROUP::concat);
  }
}
