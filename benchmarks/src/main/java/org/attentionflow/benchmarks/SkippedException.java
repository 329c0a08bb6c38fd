package org.attentionflow.benchmarks;

/** Says that a combination of parameters is not measured; JMH prints it as one line. */
public final class SkippedException extends RuntimeException {
  SkippedException(String reason) {
    super("skipped: " + reason, null, false, false);
  }
}
