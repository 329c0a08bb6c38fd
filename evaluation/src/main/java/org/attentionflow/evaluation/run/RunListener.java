package org.attentionflow.evaluation.run;

/** Hears how far a run is. Called by one thread. */
public interface RunListener {
  /** A listener that does nothing. */
  static RunListener none() {
    return new RunListener() {};
  }

  /** The run begins, or goes on. */
  default void begin(int total, int done) {}

  /** One more example is in the journal. */
  default void step() {}

  /** All examples are done; statistics and files follow. */
  default void finishing() {}
}
