package org.attentionflow.pytorch;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Target;
import org.attentionflow.testkit.RecordedCheckpoint;
import org.attentionflow.testkit.ResourceFolder;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;

/**
 * Thousands of captures and openings must not make the process grow. The resident memory beside the
 * Java heap also moves for other reasons, such as pages of the heap that are touched for the first
 * time; but what leaks, leaks in every round, so the median growth of several rounds tells.
 */
class NativeMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int ROUNDS = 9;

  @Test
  void capturesFreeWhatTheyUse() throws IOException {
    CaptureRequest request = RecordedCheckpoint.everything(Target.predicted());
    try (PytorchSession session = Goldens.open("bert")) {
      List<TokenSequence> inputs =
          List.of(session.sequence(new int[30]), session.sequence(new int[20]));
      // The attention of one capture alone takes 86 kB: 2 inputs, 3 layers, 4 heads, 30 tokens.
      long captures = 500;
      long leak = captures * 2 * 3 * 4 * 30 * 30 * Float.BYTES;
      assertNoGrowth(leak / 4, () -> capture(session, inputs, request, captures));
    }
  }

  @Test
  void sessionsFreeTheirWeights() throws IOException {
    // A copy of the weights takes 7.6 MB.
    assertNoGrowth(30L * 7_600_000 / 4, () -> open(30));
  }

  private static void assertNoGrowth(long tolerance, Runnable round) throws IOException {
    assumeTrue(Files.isReadable(STATUS));
    // The heap takes a while to find its size.
    round.run();
    round.run();
    long[] growth = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long before = nativeBytes();
      round.run();
      growth[i] = nativeBytes() - before;
    }
    Arrays.sort(growth);
    assertTrue(
        growth[ROUNDS / 2] <= tolerance,
        () -> "The process grew by " + Arrays.toString(growth) + " bytes in rounds.");
  }

  private static void open(int count) {
    for (int i = 0; i < count; i++) {
      PytorchEngine.openSession(ResourceFolder.smallClassifier(), EngineSettings.defaults())
          .close();
    }
  }

  private static void capture(
      PytorchSession session, List<TokenSequence> inputs, CaptureRequest request, long count) {
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
