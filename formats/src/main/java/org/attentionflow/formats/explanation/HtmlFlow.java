package org.attentionflow.formats.explanation;

import java.io.IOException;
import org.attentionflow.flow.Flow;
import org.attentionflow.pipeline.Explanation;

/** The flow view of an article. */
final class HtmlFlow {
  private HtmlFlow() {}

  static void write(Explanation explanation, Flow flow, Appendable out) throws IOException {}
}
