package org.attentionflow.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which artifact supplies a part that is not on the class path. */
final class KnownPlugins {
  private static final String GROUP = "org.attentionflow:attention-flow-";

  private static final Map<String, String> ARTIFACTS =
      Map.ofEntries(
          Map.entry("ArcKernel/vector", "vector-kernel"),
          Map.entry("DenseKernel/vector", "vector-kernel"),
          Map.entry("FlowSolver/barrier", "barrier"),
          Map.entry("FlowSolver/dinic", "maxflow"),
          Map.entry("FlowSolver/laplacian", "laplacian"),
          Map.entry("FlowSolver/ortools-max-flow", "ortools"),
          Map.entry("ModelEngine/onnx-runtime", "onnx"),
          Map.entry("ModelEngine/pytorch", "pytorch"),
          Map.entry("ModelEngine/tensorflow", "tensorflow"),
          Map.entry("ModelInstrumenter/onnx", "onnx"),
          Map.entry("RowKernel/vector-rows", "vector-kernel"));

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
