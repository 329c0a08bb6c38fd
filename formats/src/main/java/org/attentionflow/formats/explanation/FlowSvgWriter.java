package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.attentionflow.flow.Flow;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;

/** Flow views as one SVG picture, one below the other. */
final class FlowSvgWriter {
  private static final int LINE = 20;
  private static final int EDGE = 8;

  private final SvgDocument picture = new SvgDocument(EDGE, LINE);

  private FlowSvgWriter() {}

  static void write(List<TextResult> results, Appendable out) throws IOException {
    FlowSvgWriter svg = new FlowSvgWriter();
    results.forEach(svg::add);
    svg.picture.write(
        "Flow through the layers",
        "Ribbons are as wide as the flow along the widest paths; the dashed line is the cut.",
        EDGE,
        out);
  }

  private void add(TextResult result) {
    Explanation explanation = result.explanation();
    if (explanation == null) {
      line("Text " + (result.index() + 1) + ": " + Results.failure(result));
      return;
    }
    line(Results.headline(explanation));
    Flow flow = explanation.attribution().flow();
    Optional<FlowPicture> drawn =
        flow != null && explanation.isReliable()
            ? FlowPicture.of(explanation, flow)
            : Optional.empty();
    if (drawn.isPresent()) {
      draw(drawn.get());
    } else {
      line(flow == null ? "The method computes no flow." : "Not drawn. " + flow.detail());
    }
  }

  private void draw(FlowPicture flow) {
    line(flow.caption());
    String size =
        "width=\""
            + SvgDocument.number(flow.width())
            + "\" height=\""
            + SvgDocument.number(flow.height());
    picture
        .raw("<svg x=\"0\" y=\"" + SvgDocument.number(picture.y()) + "\" " + size + "\">\n")
        .raw(flow.body())
        .raw("</svg>\n");
    picture.widen(flow.width());
    picture.down(flow.height());
  }

  private void line(String text) {
    picture.text(text, "#333333");
    picture.down(LINE / 2.0);
  }
}
