package org.attentionflow.cli;

/** What the exit code of the command says. */
final class ExitCode {
  /** The result is on standard output. A flow that is certainly zero (NO_PATH) is a result too. */
  static final int OK = 0;

  /** The command line could not be read. */
  static final int USAGE = 2;

  /** Input, settings, a model or a part named cannot be used. */
  static final int UNUSABLE = 3;

  /** A solver's flow was not certified. */
  static final int NOT_CERTIFIED = 4;

  /** The run does not fit in memory. */
  static final int MEMORY = 5;

  /** A bundle, or a number of it, is not what it should be. */
  static final int UNVERIFIED = 6;

  /** Some of many records failed; the others were written. */
  static final int SOME_FAILED = 7;

  /** A defect of the program. */
  static final int BUG = 70;

  private ExitCode() {}
}
