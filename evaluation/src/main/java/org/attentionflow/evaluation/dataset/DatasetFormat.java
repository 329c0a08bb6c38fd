package org.attentionflow.evaluation.dataset;

import java.io.IOException;
import java.util.List;

/** How a data set lies in files. */
interface DatasetFormat {
  /** The name in settings. */
  String name();

  /** What the format looks like, in one line. */
  String summary();

  /**
   * Reads every example, in the order of the file.
   *
   * @throws org.attentionflow.failure.UnusableInputException if the file is not of this format; one
   *     line that names file, line and what was expected
   */
  List<Example> read(DatasetSettings settings) throws IOException;
}
