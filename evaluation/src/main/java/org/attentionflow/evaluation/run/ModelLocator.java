package org.attentionflow.evaluation.run;

import java.nio.file.Path;

/** Finds the folder of a model; the one place that knows of models that come with a program. */
@FunctionalInterface
public interface ModelLocator {
  /**
   * The folder or file of a model.
   *
   * @param model a path or a name
   * @param folder the folder that a relative name may be in
   * @throws org.attentionflow.failure.UnusableInputException if there is no such model
   */
  Path locate(String model, Path folder);
}
