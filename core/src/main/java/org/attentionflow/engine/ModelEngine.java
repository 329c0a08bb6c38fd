package org.attentionflow.engine;

import java.nio.file.Path;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Plugin;

/**
 * Runs Transformers with one native library. Loading that library is left to {@link #open}; every
 * other method is cheap.
 */
public interface ModelEngine extends Plugin {
  /** What the engine can do. */
  Set<Capability> capabilities();

  /**
   * What the engine can do with a model of this form; judged as by {@link #accepts}.
   *
   * @return {@link #capabilities()} or a part of it
   */
  default Set<Capability> capabilities(Path model) {
    return capabilities();
  }

  /**
   * Whether the engine recognises the form in which a model is stored, judged by the names and
   * first bytes of its files. A recognised model may still turn out to be unusable.
   */
  boolean accepts(Path model);

  /**
   * Opens a model.
   *
   * @param model a folder or a file, in any file system
   * @throws UnusableInputException if the model is missing, damaged or not supported; one line that
   *     says what was found and what to do
   */
  ModelSession open(Path model, EngineSettings settings);

  /**
   * Loads the native library, if that has not happened yet, and says what was found: versions,
   * threads, location.
   *
   * @throws UnusableInputException if it cannot be loaded
   */
  String probe();
}
