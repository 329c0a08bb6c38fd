package org.attentionflow.formats.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.attentionflow.flow.Cut;
import org.attentionflow.flow.Flow;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.token.Token;

/**
 * Levels × tokens: a bar per token and level as wide as the flow through it, ribbons as wide as the
 * flow along the widest paths, and the cut as a dashed line. What no drawn path carries is the grey
 * part of the bars. Colours are attributes, which the style sheet of the page overrides.
 */
final class FlowPicture {
  private static final int MOST_PATHS = 200;
  private static final int MOST_COLUMNS = 48;
  private static final int LEFT = 76;
  private static final int TOP = 24;
  private static final int LABELS = 80;
  private static final int BAR = 6;
  private static final int WIDTH = 900;

  /** Space between two bars of a level. */
  private static final double GAP = 4;

  /** Where a level has room, a bar may be so many times as wide as its column. */
  private static final double WIDEST_BAR = 4;

  private final Explanation explanation;
  private final FlowPaths all;
  private final Flow flow;
  private final List<FlowPaths.Path> paths = new ArrayList<>();
  private final TreeSet<Integer> columns = new TreeSet<>();
  private final StringBuilder body = new StringBuilder();
  private final double pitch;
  private final double rowHeight;
  private final double[][] through;

  /** Units of the picture per unit of the flow. */
  private final double unit;

  private FlowPicture(Explanation explanation, Flow flow, FlowPaths all) {
    this.explanation = explanation;
    this.all = all;
    this.flow = flow;
    choose();
    this.pitch = Math.max(24, Math.min(70, (WIDTH - LEFT - 20.0) / columns.size()));
    int layers = all.blocks().size();
    this.rowHeight = Math.max(52, Math.min(110, 640.0 / layers));
    this.through = new double[layers + 1][];
    for (int level = 0; level <= layers; level++) {
      through[level] = all.through(level);
    }
    this.unit = unit();
    draw();
  }

  /** The picture of a flow; empty if nothing flows or the network is not a stack of layers. */
  static Optional<FlowPicture> of(Explanation explanation, Flow flow) {
    int tokens = explanation.tokens().size();
    return FlowPaths.of(flow, MOST_PATHS)
        .filter(all -> !all.paths().isEmpty())
        .filter(all -> all.through(all.blocks().size()).length == tokens)
        .map(all -> new FlowPicture(explanation, flow, all));
  }

  double width() {
    return LEFT + columns.size() * pitch + 20;
  }

  double height() {
    return y(all.blocks().size()) + BAR + LABELS;
  }

  /** The elements, to stand inside an svg of this size. */
  String body() {
    return body.toString();
  }

  /** What the picture shows and what it leaves out; the shares add up to the whole. */
  String caption() {
    double shown = 0;
    for (FlowPaths.Path path : paths) {
      shown += path.amount();
    }
    double share = Math.min(1, shown / all.total());
    return "The "
        + paths.size()
        + " widest paths carry "
        + Results.brief(shown)
        + " ("
        + Results.brief(100 * share)
        + " %) of the flow value "
        + Results.brief(all.total())
        + ". The other "
        + Results.brief(Math.max(0, all.total() - shown))
        + " ("
        + Results.brief(100 * (1 - share))
        + " %) is spread over many thin paths: the grey part of the bars.";
  }

  /** Paths are taken, widest first, while their tokens find room in the columns. */
  private void choose() {
    int tokens = explanation.tokens().size();
    if (tokens <= MOST_COLUMNS) {
      for (int token = 0; token < tokens; token++) {
        columns.add(token);
      }
    }
    for (FlowPaths.Path path : all.paths()) {
      TreeSet<Integer> wider = new TreeSet<>(columns);
      wider.addAll(path.tokens());
      if (wider.size() <= Math.max(MOST_COLUMNS, path.tokens().size())) {
        columns.addAll(path.tokens());
        paths.add(path);
      }
    }
  }

  private void draw() {
    FlowNetwork network = flow.network().full();
    for (int level = 0; level < all.groups().size(); level++) {
      text(
          "soft",
          4,
          y(level) + BAR,
          "#55606E",
          "",
          network.groups().get(all.groups().get(level)).name());
      for (int token : columns) {
        double width = unit * through[level][token];
        body.append("<rect class=\"node\" fill=\"#D7DEE6\" x=\"")
            .append(n(centre(unit, level, token) - width / 2))
            .append("\" y=\"" + n(y(level)) + "\" width=\"" + n(width) + "\" height=\"" + BAR)
            .append("\"></rect>");
      }
      body.append('\n');
    }
    drawRibbons();
    drawCut();
  }

  private void drawRibbons() {
    FlowRibbons ribbons = FlowRibbons.of(paths);
    for (int token : columns) {
      Token input = explanation.tokens().tokens().get(token);
      String name = VisibleText.of(input.text());
      double score = explanation.attribution().scores()[token];
      body.append("<g class=\"paths\" tabindex=\"0\"><title>")
          .append(Markup.escape(name + ": score " + Results.brief(score)))
          .append("</title>");
      for (FlowRibbons.Key key : ribbons.keys()) {
        if (key.inputToken() == token) {
          ribbon(key, ribbons);
        }
      }
      double bottom = y(all.blocks().size()) + BAR;
      body.append("<rect class=\"hit\" fill=\"none\" x=\"" + n(x(token) - pitch / 2) + "\" y=\"")
          .append(n(bottom - BAR) + "\" width=\"" + n(pitch) + "\" height=\"30\"></rect>");
      String turn = "rotate(-50 " + n(x(token) + 4) + " " + n(bottom + 16) + ")";
      text(
          "name",
          x(token) + 4,
          bottom + 16,
          "#1B2430",
          " text-anchor=\"end\" transform=\"" + turn + "\"",
          VisibleText.shortened(name, 14));
      body.append("</g>\n");
    }
  }

  private void ribbon(FlowRibbons.Key key, FlowRibbons ribbons) {
    FlowRibbons.Ribbon ribbon = ribbons.ribbon(key);
    double width = unit * ribbon.amount();
    double x0 = left(ribbons, key.level(), key.upper()) + unit * ribbon.upperOffset();
    double x1 = left(ribbons, key.level() + 1, key.lower()) + unit * ribbon.lowerOffset();
    double y0 = y(key.level()) + BAR;
    double y1 = y(key.level() + 1);
    String middle = n((y0 + y1) / 2);
    body.append("<path class=\"arc\" fill=\"#2171B5\" fill-opacity=\"0.55\" d=\"M" + n(x0) + " ")
        .append(n(y0) + "C" + n(x0) + " " + middle + " " + n(x1) + " " + middle + " " + n(x1))
        .append(" " + n(y1) + "H" + n(x1 + width) + "C" + n(x1 + width) + " " + middle + " ")
        .append(n(x0 + width) + " " + middle + " " + n(x0 + width) + " " + n(y0) + "Z\"></path>");
  }

  private double left(FlowRibbons ribbons, int level, int token) {
    return centre(unit, level, token) - unit * ribbons.shown(level, token) / 2;
  }

  private void drawCut() {
    Cut cut = flow.certificate().cut();
    int layer = cut.capacity() > 0 ? all.blocks().indexOf(cut.mainBlock()) : -1;
    if (layer < 0) {
      return;
    }
    double at = (y(layer) + BAR + y(layer + 1)) / 2;
    body.append("<line class=\"cut\" stroke=\"#B3261E\" stroke-width=\"1.5\" x1=\"" + LEFT)
        .append("\" stroke-dasharray=\"6 4\" x2=\"" + n(width() - 4) + "\" y1=\"" + n(at))
        .append("\" y2=\"" + n(at) + "\"></line>");
    String label = "cut " + Results.percent(cut.mainShare()) + " %";
    text("cutlabel", 4, at + 4, "#B3261E", "", label);
    body.append('\n');
  }

  private void text(
      String type, double x, double y, String fill, String attributes, String content) {
    body.append("<text class=\"" + type + "\" x=\"" + n(x) + "\" y=\"" + n(y) + "\" fill=\"")
        .append(fill + "\" font-size=\"12\"" + attributes + ">")
        .append(Markup.escape(content))
        .append("</text>");
  }

  /** The largest unit, on a grid of 5 %, at which no two bars of a level come too close. */
  private double unit() {
    double largest = 0;
    for (int level = 0; level < through.length; level++) {
      for (int token : columns) {
        largest = Math.max(largest, through[level][token]);
      }
    }
    double safe = (pitch - GAP) / largest;
    double unit = WIDEST_BAR * safe;
    while (unit > safe && !fits(unit)) {
      unit *= 0.95;
    }
    return Math.max(unit, safe);
  }

  private boolean fits(double unit) {
    for (int level = 0; level < through.length; level++) {
      double end = LEFT - GAP;
      for (int token : columns) {
        double half = unit * through[level][token] / 2;
        double start = centre(unit, level, token) - half;
        if (half > 0 && start < end + GAP - 1e-9) {
          return false;
        }
        end = half > 0 ? start + 2 * half : end;
      }
    }
    return true;
  }

  /** The middle of a bar: that of its column, unless the bar would leave the picture there. */
  private double centre(double unit, int level, int token) {
    double half = unit * through[level][token] / 2;
    double right = LEFT + pitch * columns.size();
    return Math.max(LEFT + half, Math.min(right - half, x(token)));
  }

  private double x(int token) {
    return LEFT + pitch * (columns.headSet(token).size() + 0.5);
  }

  private double y(int level) {
    return TOP + rowHeight * level;
  }

  private static String n(double length) {
    return SvgDocument.number(length);
  }
}
