package org.attentionflow.pytorch;

import java.nio.file.Path;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.testkit.ModelEngineContract;
import org.attentionflow.testkit.ResourceFolder;
import org.junit.jupiter.api.Nested;

/**
 * The contract of model engines on a recorded checkpoint and on the model inside. Gradients are
 * compared with central differences in {@link FiniteDifferenceTest}, which moves the probes.
 */
class PytorchEngineContractTest {
  /** Common to both: the engine. */
  abstract static class Contract extends ModelEngineContract {
    @Override
    protected ModelEngine plugin() {
      return new PytorchEngine();
    }
  }

  @Nested
  class OnARecordedCheckpoint extends Contract {
    @Override
    protected Path model() {
      return Goldens.folder("bert");
    }
  }

  @Nested
  class OnTheModelInside extends Contract {
    @Override
    protected Path model() {
      return ResourceFolder.smallClassifier();
    }
  }
}
