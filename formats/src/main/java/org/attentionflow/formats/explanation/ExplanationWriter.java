package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.util.List;
import org.attentionflow.pipeline.TextResult;

/** Writes results in one format. Stateless and thread-safe. */
@FunctionalInterface
public interface ExplanationWriter {
  /**
   * Writes results: explanations, and for the texts that have none the reason.
   *
   * @param results the results, in the order they are to appear in
   * @param out receives characters, lines ending in LF; it is neither flushed nor closed
   */
  void write(List<TextResult> results, Appendable out) throws IOException;
}
