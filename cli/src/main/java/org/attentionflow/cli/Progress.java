package org.attentionflow.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * How far a long run is. On a terminal one line that is written over; elsewhere a plain line every
 * ten seconds or tenth of the work, whichever comes later.
 */
final class Progress {
  private static final double NANOS = 1e9;
  private static final double TERMINAL_SECONDS = 0.1;
  private static final double PLAIN_SECONDS = 10;
  private static final int PLAIN_PARTS = 10;

  /** Returns to the first column and clears the line. */
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream stream;
  private final boolean isTerminal;
  private final int total;
  private final long begin = System.nanoTime();
  private long lastTime = begin;
  private int lastCount;
  private int count;
  private boolean isShown;

  private Progress(PrintStream stream, boolean isTerminal, int total) {
    this.stream = stream;
    this.isTerminal = isTerminal;
    this.total = total;
  }

  /** Progress of a number of steps. */
  static Progress of(PrintStream stream, boolean isTerminal, int total) {
    return new Progress(stream, isTerminal, total);
  }

  /** Progress that nobody sees. */
  static Progress none() {
    return new Progress(new PrintStream(PrintStream.nullOutputStream()), false, Integer.MAX_VALUE);
  }

  /** One more step is done. */
  void step() {
    count++;
    long now = System.nanoTime();
    double pause = (now - lastTime) / NANOS;
    boolean due =
        isTerminal
            ? pause >= TERMINAL_SECONDS
            : pause >= PLAIN_SECONDS && count - lastCount >= total / PLAIN_PARTS;
    if (due && count < total) {
      show((now - begin) / NANOS);
      lastTime = now;
      lastCount = count;
    }
  }

  /** Makes room for another line. */
  void clear() {
    if (isShown) {
      stream.print(CLEAR);
      stream.flush();
      isShown = false;
    }
  }

  /** Ends the progress. */
  void end() {
    clear();
  }

  private void show(double seconds) {
    double rate = count / seconds;
    String line =
        String.format(
            Locale.ROOT,
            "%d of %d, %s per second, %s left",
            count,
            total,
            Numbers.brief(rate),
            Numbers.remaining((total - count) / rate));
    if (isTerminal) {
      stream.print(CLEAR + line);
      stream.flush();
      isShown = true;
    } else {
      stream.println(line);
    }
  }
}
