package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Test;

/** How numbers, texts and failures are shown. */
class PresentationTest {
  @Test
  void numbersHaveTwoOrThreeDigits() {
    assertEquals("1.00", Numbers.share(1));
    assertEquals("0.48", Numbers.share(0.479));
    assertEquals("0.004", Numbers.share(0.0041));
    assertEquals("<.001", Numbers.share(1e-9));
    assertEquals("0", Numbers.share(0));
    assertEquals("0.0148", Numbers.brief(0.014763));
    assertEquals("3.10e-5", Numbers.brief(3.1e-5));
    assertEquals("120", Numbers.brief(120));
    assertEquals("0.001", Numbers.plain(1e-3));
    assertEquals("1e-4", Numbers.plain(1e-4));
    assertEquals("120", Numbers.plain(120));
    assertEquals("NaN", Numbers.plain(Double.NaN));
    assertEquals("2 min 05 s", Numbers.remaining(125));
  }

  @Test
  void widthCountsColumns() {
    assertEquals(3, TerminalText.width("abc"));
    assertEquals(4, TerminalText.width("日本"));
    assertEquals(1, TerminalText.width("e\u0301"));
    assertEquals(2, TerminalText.width("\ud83d\ude00"));
    assertEquals("ab…", TerminalText.cut("abcdef", 3));
    assertEquals("日…", TerminalText.cut("日本語", 4));
    assertEquals("a b", TerminalText.oneLine(" a\r\n\tb "));
  }

  @Test
  void aScoreBelowZeroKeepsItsSign() {
    List<ScoredPart> parts =
        List.of(new ScoredPart("good", 2, 1, false), new ScoredPart("bad", -1, 0.5, true));
    assertEquals("  good[1.00] bad[-0.50]", new HeatMap(new Paint(ColorDepth.NONE), 80).of(parts));
    assertEquals(-0.5, parts.get(1).intensity());
  }

  @Test
  void barsGrowByEighths() {
    assertEquals("", Bar.of(0, 10));
    assertEquals("▏", Bar.of(1e-6, 10));
    assertEquals("█████", Bar.of(0.5, 10));
    assertEquals("█▌", Bar.of(0.15, 10));
    assertEquals(10, Bar.of(1, 10).length());
  }

  @Test
  void utf8IsDecodedStrictly() {
    assertEquals("é", Utf8.decode("\ufeffé".getBytes(StandardCharsets.UTF_8), "x"));
    assertEquals("", Utf8.decode(new byte[0], "x"));
    byte[] cut = {'a', '\n', (byte) 0xc3};
    String message =
        assertThrows(UnusableInputException.class, () -> Utf8.decode(cut, "x")).getMessage();
    assertTrue(message.startsWith("x: line 2, byte 1 (0xc3)"), message);
  }

  @Test
  void failuresAreKnownByWhatCausedThem() {
    assertEquals(ExitCode.MEMORY, FailureReport.of(new OutOfMemoryError()).exitCode());
    assertEquals(
        ExitCode.MEMORY,
        FailureReport.of(new IllegalStateException(new ExecutionException(new OutOfMemoryError())))
            .exitCode());
    assertEquals(
        ExitCode.MEMORY, FailureReport.of(new InsufficientMemoryException("big")).exitCode());
    assertEquals(ExitCode.UNUSABLE, FailureReport.of(new UnusableInputException("x")).exitCode());
    FailureReport bug = FailureReport.of(new IllegalStateException("x"));
    assertEquals(ExitCode.BUG, bug.exitCode());
    assertTrue(bug.message().startsWith("This is a bug"), bug.message());
  }

  @Test
  void aReaderThatHasGoneAwayIsNoFailure() throws IOException {
    StandardOutput closed = new StandardOutput(failing("Broken pipe"));
    assertThrows(IOException.class, () -> closed.write(1));
    assertEquals(null, closed.failure());
    StandardOutput full = new StandardOutput(failing("No space left on device"));
    assertThrows(IOException.class, () -> full.write(1));
    assertEquals("No space left on device", full.failure());
  }

  @Test
  void manyTextsStopWhenNobodyReads() {
    PrintStream closed = new PrintStream(failing("Broken pipe"), true, StandardCharsets.UTF_8);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            new String[] {"explain", "a", "b", "c", "--json", "-q"},
            closed,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            System.in);
    assertEquals(ExitCode.OK, code);
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }

  @Test
  void progressIsOneLineOnATerminalAndSilentOnShortRuns() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Progress plain = Progress.of(stream, false, 20);
    List.of(1, 2, 3).forEach(i -> plain.step());
    plain.end();
    assertEquals("", bytes.toString(StandardCharsets.UTF_8));
    assertFalse(bytes.toString(StandardCharsets.UTF_8).contains("\n"));
  }
}
