package org.attentionflow.pytorch;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.testkit.ModelEngineContract;

/** The contract of model engines, on a traced archive. */
class TorchScriptContractTest extends ModelEngineContract {
  @Override
  protected ModelEngine plugin() {
    return new PytorchEngine();
  }

  @Override
  protected Set<Capability> capabilities() {
    Set<Capability> capabilities = EnumSet.copyOf(plugin().capabilities());
    capabilities.removeAll(
        EnumSet.of(
            Capability.HIDDEN_STATES,
            Capability.EMBEDDING_INPUT,
            Capability.ENCODER_WEIGHTS,
            Capability.ATTENTION_MASK,
            Capability.RANDOM_WEIGHTS));
    return capabilities;
  }

  @Override
  protected Path model() {
    return TorchScriptTest.archive("bert");
  }
}
