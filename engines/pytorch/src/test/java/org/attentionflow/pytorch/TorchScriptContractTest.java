package org.attentionflow.pytorch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.testkit.ModelEngineContract;
import org.attentionflow.testkit.ResourceFolder;
import org.attentionflow.testkit.torchscript.TracedBert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of model engines, on traced archives. */
class TorchScriptContractTest {
  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    Path inside = ResourceFolder.smallClassifier();
    TracedBert.write(inside, folder.resolve("sst2-tiny.pt"));
    for (String name : new String[] {"config.json", "tokenizer.json", "tokenizer_config.json"}) {
      Files.write(folder.resolve(name), Files.readAllBytes(inside.resolve(name)));
    }
  }

  /** Common to all: the engine. */
  abstract static class Contract extends ModelEngineContract {
    @Override
    protected ModelEngine plugin() {
      return new PytorchEngine();
    }

    @Override
    protected Set<Capability> capabilities() {
      return plugin().capabilities(model());
    }
  }

  @Nested
  class OnARecordedArchive extends Contract {
    @Override
    protected Path model() {
      return TorchScriptTest.archive("bert");
    }
  }

  @Nested
  class OnTheModelInside extends Contract {
    @Override
    protected Path model() {
      return folder;
    }
  }
}
