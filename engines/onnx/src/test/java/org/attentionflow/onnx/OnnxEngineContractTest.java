package org.attentionflow.onnx;

import java.nio.file.Path;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.testkit.ModelEngineContract;
import org.junit.jupiter.api.Nested;

/**
 * The contract of model engines on an export of either exporter. Gradients are compared with
 * central differences in {@link FiniteDifferenceTest}, which adds a probe to the graph.
 */
class OnnxEngineContractTest {
  /** Common to both: the engine. */
  abstract static class Contract extends ModelEngineContract {
    @Override
    protected ModelEngine plugin() {
      return new OnnxEngine();
    }
  }

  @Nested
  class OnAnExportByTracing extends Contract {
    @Override
    protected Path model() {
      return Goldens.file("bert-eager-legacy");
    }
  }

  @Nested
  class OnAnExportWithFusedAttention extends Contract {
    @Override
    protected Path model() {
      return Goldens.file("electra-sdpa-dynamo");
    }
  }
}
