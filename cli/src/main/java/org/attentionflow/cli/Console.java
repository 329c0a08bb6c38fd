package org.attentionflow.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * The streams of one run of the command. Results go to {@code out}, everything else to {@code err}.
 *
 * @param out results, UTF-8
 * @param err progress, timings and messages, UTF-8
 * @param in standard input
 * @param surroundings what is known of the terminal
 * @param timings how long the stages of the run take
 */
record Console(
    PrintStream out, PrintStream err, InputStream in, Surroundings surroundings, Timings timings) {

  /** Writes one line of a message: {@code attnflow: …}. */
  void message(String text) {
    err.println("attnflow: " + TerminalText.oneLine(text));
  }

  /**
   * Stops a run whose results nobody reads any more.
   *
   * @throws OutputClosedException if standard output cannot be written to
   */
  void checkOutput() {
    if (out.checkError()) {
      throw new OutputClosedException();
    }
  }
}
