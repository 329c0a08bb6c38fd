package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.util.Optional;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.pipeline.Explanation;

/** The flow view of an article. */
final class HtmlFlow {
  private HtmlFlow() {}

  /** Writes the picture, or one line that says why there is none. */
  static void write(Explanation explanation, Flow flow, Appendable out) throws IOException {
    if (flow.status() == SolveStatus.NO_PATH) {
      return;
    }
    out.append("<h3>Flow from the output to the tokens</h3>\n");
    Optional<FlowPicture> drawn = FlowPicture.of(explanation, flow);
    if (drawn.isEmpty()) {
      out.append("<p class=\"soft\">Not drawn: the network is not a plain stack of layers, or it")
          .append(" is too large.</p>\n");
      return;
    }
    FlowPicture picture = drawn.get();
    String width = SvgDocument.number(picture.width());
    String height = SvgDocument.number(picture.height());
    out.append("<div class=\"wide\"><svg xmlns=\"http://www.w3.org/2000/svg\" class=\"flow\"")
        .append(" viewBox=\"0 0 " + width + " " + height + "\" width=\"" + width + "\" height=\"")
        .append(height + "\" role=\"img\"><title>Flow through the layers</title>\n")
        .append(picture.body())
        .append("</svg></div>\n<p class=\"soft\">")
        .append(Markup.escape(picture.caption()))
        .append(" Point at a token, or move to it with the tab key, to see the paths that end in")
        .append(" it. Dashed line: where the smallest cut lies.</p>\n");
  }
}
