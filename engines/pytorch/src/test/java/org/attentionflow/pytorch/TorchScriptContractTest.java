package org.attentionflow.pytorch;

import java.nio.file.Path;
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
    return plugin().capabilities(model());
  }

  @Override
  protected Path model() {
    return TorchScriptTest.archive("bert");
  }
}
