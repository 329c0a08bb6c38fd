package org.attentionflow.plugin;

import java.util.List;

/**
 * A part that settings choose by name. A provider has a public constructor without parameters that
 * does no work, and is registered with the service loader under its interface.
 */
public interface Plugin {
  /** The name in settings, provenance and files: lower-case words joined by hyphens. */
  String name();

  /** Other names the part is found by, such as the abbreviation of a paper. */
  default List<String> aliases() {
    return List.of();
  }

  /** One sentence that says what the part does. */
  String summary();

  /** Where the part comes from: paper, equation or algorithm; empty if there is no source. */
  default String source() {
    return "";
  }
}
