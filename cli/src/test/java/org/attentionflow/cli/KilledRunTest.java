package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, or cannot write, lose nothing and end in the same bytes. */
class KilledRunTest {
  /** More than enough for a small run on a busy machine. */
  private static final long MINUTES = 3;

  @TempDir static Path temporary;

  private static ExperimentFolder folder;

  @BeforeAll
  static void runWithoutInterruption() throws IOException {
    folder = new ExperimentFolder(temporary);
    CommandRun.of("run", folder.file(), "-q", "-o", folder.path("whole").toString()).ok();
  }

  @Test
  void killedAtRandomMoments() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int kills = 0;
    while (kills < 3) {
      Process process = folder.start("killed");
      long until = folder.journalLines("killed") + 1 + random.nextInt(8);
      while (process.isAlive() && folder.journalLines("killed") < until) {
        Thread.sleep(random.nextInt(5));
      }
      if (process.isAlive()) {
        process.destroyForcibly().waitFor();
        kills++;
      } else {
        break;
      }
    }
    Process last = folder.start("killed");
    assertTrue(last.waitFor(MINUTES, TimeUnit.MINUTES), "seed " + seed);
    boolean wasFinished = kills < 3;
    assertEquals(wasFinished ? ExitCode.UNUSABLE : ExitCode.OK, last.exitValue(), "seed " + seed);
    assertTrue(kills > 0, "seed " + seed);
    assertEquals(folder.digests("whole"), folder.digests("killed"), "seed " + seed);
  }

  /** A limit on the size of files stands for a full disk: writing fails in the middle of a line. */
  @Test
  void whatCannotBeWrittenIsOneLineAndNothingIsLost() throws Exception {
    Process process = folder.start("full", "ulimit -f 40 &&");
    assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES));
    String message = Files.readString(folder.path("full.err"));
    assertEquals(ExitCode.UNUSABLE, process.exitValue(), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains("cannot write to") && message.contains("--resume"), message);
    long done = folder.journalLines("full");
    assertTrue(done > 1, "some examples were done: " + done);
    CommandRun.of("run", folder.file(), "-q", "--resume", "-o", folder.path("full").toString())
        .ok();
    assertEquals(folder.digests("whole"), folder.digests("full"));
  }
}
