package org.attentionflow.engine;

/**
 * How an engine runs.
 *
 * @param nativeThreads the threads of the native library per call; parallel work is better done by
 *     several Java threads with one native thread each
 * @param batchSize the most inputs in one native call
 */
public record EngineSettings(int nativeThreads, int batchSize) {
  /** Checks the counts. */
  public EngineSettings {
    if (nativeThreads < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "Native threads ("
              + nativeThreads
              + ") and batch size ("
              + batchSize
              + ") must be at least 1.");
    }
  }

  /** One native thread, up to 16 inputs in a call. */
  public static EngineSettings defaults() {
    return new EngineSettings(1, 16);
  }
}
