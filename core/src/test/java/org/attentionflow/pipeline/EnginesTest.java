package org.attentionflow.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without any engine on the class path, as here, the message says what to add. */
class EnginesTest {
  @TempDir Path folder;

  @Test
  void everyAbsentEngineNamesItsArtifact() throws Exception {
    Path model = Files.createFile(folder.resolve("saved_model.pb"));
    for (String name : new String[] {"auto", "pytorch", "onnx-runtime", "tensorflow"}) {
      String message =
          assertThrows(UnusableInputException.class, () -> Engines.choose(name, model))
              .getMessage();
      assertEquals(1, message.lines().count());
      String engine = name.equals("auto") ? "tensorflow" : name;
      String artifact = engine.replace("-runtime", "");
      assertTrue(message.contains("org.attentionflow:attention-flow-" + artifact), message);
    }
  }
}
