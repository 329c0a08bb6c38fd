package org.attentionflow.pytorch;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Target;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;

/** Thousands of captures and failed openings must not make the process grow. */
class NativeMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int WARM_UP = 500;
  private static final int CAPTURES = 2000;
  private static final long TOLERATED_BYTES = 64L << 20;

  @Test
  void capturesFreeWhatTheyUse() throws IOException {
    assumeTrue(Files.isReadable(STATUS));
    CaptureRequest request = Goldens.everything(Target.predicted());
    try (PytorchSession session = Goldens.open("bert")) {
      List<TokenSequence> inputs =
          List.of(session.sequence(new int[30]), session.sequence(new int[20]));
      capture(session, inputs, request, WARM_UP);
      long before = nativeBytes();
      capture(session, inputs, request, CAPTURES);
      long grown = nativeBytes() - before;
      assertTrue(grown <= TOLERATED_BYTES, "The process grew by " + grown + " bytes.");
    }
  }

  @Test
  void sessionsFreeTheirWeights() throws IOException {
    assumeTrue(Files.isReadable(STATUS));
    open(10);
    long before = nativeBytes();
    open(100);
    long grown = nativeBytes() - before;
    // A hundred copies of the weights would be 760 MB.
    assertTrue(grown <= 2 * TOLERATED_BYTES, "The process grew by " + grown + " bytes.");
  }

  private static void open(int count) {
    for (int i = 0; i < count; i++) {
      PytorchEngine.openSession(TokenizerTest.model(), EngineSettings.defaults()).close();
    }
  }

  private static void capture(
      PytorchSession session, List<TokenSequence> inputs, CaptureRequest request, int count) {
    for (int i = 0; i < count; i++) {
      session.capture(inputs, request);
    }
  }

  /** The resident memory without the Java heap, after the garbage is collected. */
  private static long nativeBytes() throws IOException {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024 - heap;
      }
    }
    throw new IOException(STATUS + " has no VmRSS.");
  }
}
