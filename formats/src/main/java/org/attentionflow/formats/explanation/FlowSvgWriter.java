package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.attentionflow.flow.Flow;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;

/** Flow views as one SVG picture, one below the other. */
final class FlowSvgWriter {
  private static final int LEAST_WIDTH = 760;
  private static final int LINE = 20;

  private final StringBuilder body = new StringBuilder();
  private double width = LEAST_WIDTH;
  private double height = 8;

  private FlowSvgWriter() {}

  static void write(List<TextResult> results, Appendable out) throws IOException {
    FlowSvgWriter svg = new FlowSvgWriter();
    for (TextResult result : results) {
      svg.add(result);
    }
    String width = SvgWriter.number(svg.width);
    String height = SvgWriter.number(svg.height + 8);
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + height)
        .append("\" width=\"" + width + "\" height=\"" + height + "\" role=\"img\"")
        .append(" font-family=\"Helvetica, Arial, sans-serif\">\n")
        .append("<title>Flow through the layers</title>\n")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n")
        .append(svg.body)
        .append("</svg>\n");
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
      FlowPicture picture = drawn.get();
      line(picture.caption());
      String size =
          "width=\""
              + SvgWriter.number(picture.width())
              + "\" height=\""
              + SvgWriter.number(picture.height());
      body.append("<svg x=\"0\" y=\"" + SvgWriter.number(height) + "\" " + size + "\">\n")
          .append(picture.body())
          .append("</svg>\n");
      width = Math.max(width, picture.width());
      height += picture.height();
    } else {
      line(flow == null ? "The method computes no flow." : "Not drawn. " + flow.detail());
    }
  }

  private void line(String text) {
    for (String part : SvgWriter.wrapped(VisibleText.of(text))) {
      height += LINE;
      body.append("<text x=\"12\" y=\"" + SvgWriter.number(height) + "\" font-size=\"13\"")
          .append(" fill=\"#333333\">" + Markup.escape(part) + "</text>\n");
    }
    height += LINE / 2.0;
  }
}
